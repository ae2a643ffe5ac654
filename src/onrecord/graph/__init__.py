"""From records to quads and back: IRIs, named graphs and patterns, without a store."""
