"""The company's numbers: a validated policy document and pure functions over it. No clock, no SQL, no network."""
