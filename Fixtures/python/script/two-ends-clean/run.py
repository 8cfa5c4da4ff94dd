# /// script
# dependencies = [
#   "litellm==1.82.6",
# ]
# ///
# a comment
