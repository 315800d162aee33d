"""The page: everything that knows Streamlit, one module a part of the page."""
