"""Whether the what-ifs people wrote down come true."""
