"""The page: a Streamlit app that speaks to the backend over HTTP only."""
