import setuptools

# /// other
# dependencies = ["litellm==1.82.7"]
# ///
x = """
 # /// script
"""
