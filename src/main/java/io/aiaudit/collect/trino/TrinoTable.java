package io.aiaudit.collect.trino;

import io.aiaudit.model.FileSet.Content;

/** A table and what its rows are, bills or usage. */
public record TrinoTable(Content content, TrinoAddress address) {}
