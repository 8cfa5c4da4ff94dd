// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Parsing
import Testing

@testable import Exposure

@Suite struct SettingScannerTests {
  private func has(_ key: String, _ text: String, takesSpace: Bool = false) -> Bool {
    let pattern = Wildcard(key, ignoringCase: true)
    var found = false
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      SettingScanner(takesSpace: takesSpace).forEach(bytes) { name, value in
        if pattern.matches(name), value == .text { found = true }
      }
    }
    return found
  }

  @Test(
    arguments: [
      ("_authToken", "//registry.example/:_authToken=abc"),
      ("aws_secret_access_key", "[a]\naws_secret_access_key = x/y+z"),
      ("oauth_token", "github.com:\n    oauth_token: gho_abc"), ("auth", "{\"auths\":{\"h\":{\"auth\":\"YWJj\"}}}"),
      ("token", "[registry]\ntoken = \"abc\""), ("password", "<server><password>abc</password></server>"),
      ("ClearTextPassword", "<add key=\"ClearTextPassword\" value=\"abc\" />"),
      ("DB_PASSWORD", "define( 'DB_PASSWORD', 'abc' );"), ("*token", "export GITHUB_TOKEN=abc"),
      ("*token", "export GITHUB_TOKEN='abc'"), ("password", "password: !!str abc"),
      ("*secret*", "client_secret: '$2b$10$x'"),
      ("private_key", "private_key: |\n  abc"), ("*_key", "  API_KEY = abc"), ("token", "token := \"abc\""),
      ("token", "\"token\" : \"abc\""), ("password", "password=abc"), ("password", "PASSWORD=abc"),
      ("password", "<!-- a -> b --><password>abc</password>"), ("client-key-data", "    client-key-data: LS0t"),
      ("token", "{\"a\":1,\"token\":\"abc\"}"),
    ])
  func `a key with a value is found`(key: String, text: String) {
    #expect(has(key, text))
    #expect(has(key, "\r\n" + text + "\r\n"))
  }

  @Test(
    arguments: [
      ("_authToken", "//registry.example/:_authToken=${NPM_TOKEN}"), ("_authToken", "//registry.example/:_authToken="),
      ("_authToken", "#//registry.example/:_authToken=abc"), ("_authToken", "; //r/:_authToken=abc"),
      ("oauth_token", "oauth_token:"), ("oauth_token", "oauth_token: \"\""), ("auth", "{\"auth\": \"\"}"),
      ("token", "token = null"), ("*token", "permissions:\n  id-token: write"), ("*secret*", "secrets: inherit"),
      ("token", "token: ${{ secrets.TOKEN }}"), ("token", "token: {{ token }}"), ("token", "token: $TOKEN"),
      ("token", "token: $(cat file)"), ("password", "password: %PASSWORD%"), ("password", "<password></password>"),
      ("password", "password: <your password>"), ("token", "token = var.token"), ("token", "access_token = abc"),
      ("token", "tokens = abc"), ("password", "password: ENC[AES256_GCM,data:x]"), ("password", "password: !vault |"),
      ("*token", "if [ -z $GITHUB_TOKEN ]"), ("password", "password: op://vault/item/password"),
      ("api_key", "api_key: process.env.API_KEY"), ("token", "token"), ("token", "token:"), ("token", "token=\n"),
      ("auth", "{\"auth\": {}}"), ("password", "<!-- <password>abc</password>\n-->"), ("password", "<!-- password: a"),
    ])
  func `a key without a value of its own is not`(key: String, text: String) {
    #expect(!has(key, text))
  }

  @Test func `white space separates only where it may`() {
    #expect(has("password", "machine h login a password abc", takesSpace: true))
    #expect(!has("password", "machine h login a password abc"))
    #expect(!has("password", "machine h login a password\n", takesSpace: true))
    #expect(has("GITHUB_TOKEN", "set -gx GITHUB_TOKEN abc", takesSpace: true))
    #expect(!has("GITHUB_TOKEN", "set -gx OTHER $GITHUB_TOKEN abc", takesSpace: true))
    #expect(has("*_authToken*", "\"//registry.example/:_authToken\" \"abc\"", takesSpace: true))
  }

  @Test(
    arguments: [
      ("https://anna:abc@host.example/x", true), ("https://ghp_0123456789abcdefghij@github.example/x", true),
      ("url = https://x-access-token:abc@github.example", true), ("redis://:abc@host.example:6379", true),
      ("postgres://anna:a%40b@host.example/db", true), ("https://host.example/anna:abc@x", false),
      ("https://anna@host.example", false), ("https://anna:@host.example", false),
      ("https://anna:${PASSWORD}@host.example", false), ("https://host.example:8080/a@b", false),
      ("https://$USER:$PASSWORD@host.example", false), ("https://a:<b>@host.example", false), ("://", false),
      ("https://", false), ("https://anna:abc", false), ("https://anna:***@host.example", false),
    ])
  func `a password in an address is told from a name and from a port`(text: String, isFound: Bool) {
    #expect(Array(text.utf8).withUnsafeBufferPointer { AddressPassword.isIn($0) } == isFound)
  }

  @Test(
    arguments: [
      ("*", "", true), ("*", "abc", true), ("a*c", "abc", true), ("a*c", "ac", true), ("a*c", "abcd", false),
      ("*token*", "mytokens", true), ("a*b*c", "aXbYbc", true), ("abc", "ABC", false), ("", "", true), ("", "a", false),
      ("**", "x", true), ("*.env", ".env", true), (".env.*", ".env", false),
    ])
  func `a star stands for anything, also for nothing`(pattern: String, name: String, isMatch: Bool) {
    #expect(Wildcard(pattern).matches(name) == isMatch)
  }

  @Test func `capital and small letters are alike where that is asked for`() {
    #expect(Wildcard("*Token", ignoringCase: true).matches("NPM_TOKEN"))
    #expect(!Wildcard("*Token").matches("NPM_TOKEN"))
  }
}
