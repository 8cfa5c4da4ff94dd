// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#pragma once
#include <curl/curl.h>
#include <stdbool.h>

// Swift calls no variadic functions: these are the few forms of libcurl's that `Feed` uses.

static inline CURLcode gifthorse_curl_set_text(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode gifthorse_curl_set_number(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode gifthorse_curl_set_headers(CURL *handle, struct curl_slist *headers) {
  return curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
}

/// `receive` gets the body, `header` each line of the headers; `context` goes to both and comes back from
/// `gifthorse_curl_context`.
static inline CURLcode gifthorse_curl_set_callbacks(
    CURL *handle, curl_write_callback receive, curl_write_callback header, void *context) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, receive);
  if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_WRITEDATA, context);
  if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, header);
  if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_HEADERDATA, context);
  if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_PRIVATE, context);
  return code;
}

static inline void *gifthorse_curl_context(CURL *handle) {
  char *context = NULL;
  return curl_easy_getinfo(handle, CURLINFO_PRIVATE, &context) == CURLE_OK ? (void *)context : NULL;
}

/// The status of the last answer; 0 where there was none.
static inline long gifthorse_curl_status(CURL *handle) {
  long status = 0;
  return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0;
}

/// Only https, or http as well, for the first address and for what it redirects to.
static inline CURLcode gifthorse_curl_limit_protocols(CURL *handle, bool with_http) {
#if LIBCURL_VERSION_NUM >= 0x075500
  const char *protocols = with_http ? "http,https" : "https";
  CURLcode code = curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, protocols);
  return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, protocols) : code;
#else
  long protocols = with_http ? CURLPROTO_HTTP | CURLPROTO_HTTPS : CURLPROTO_HTTPS;
  CURLcode code = curl_easy_setopt(handle, CURLOPT_PROTOCOLS, protocols);
  return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS, protocols) : code;
#endif
}

static inline CURLMcode gifthorse_curl_multi_set_number(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}
