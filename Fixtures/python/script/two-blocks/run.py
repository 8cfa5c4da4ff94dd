# /// script
# dependencies = ["litellm==1.82.7"]
# ///

# /// script
# dependencies = ["six==1.0"]
# ///
