"""Great Expectations: what each row and each batch must hold before it may be loaded."""
