# /// script
# dependencies = [
#   "litellm==1.82.7",
# ]
# ///
# a comment
