# /// script
# dependencies = ["litellm==1.82.6"]
# ///

# /// script
# dependencies = ["six==1.0"]
# ///
