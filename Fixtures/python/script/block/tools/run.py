#!/usr/bin/env -S uv run
# A tool.
# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "litellm==1.82.7",
#   "rich",
# ]
#
# [tool.uv]
# override-dependencies = ["six==1.16.0"]
# ///
import litellm
