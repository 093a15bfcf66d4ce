"""Articles from the web: pages and feeds, fetched politely and only from public addresses."""
