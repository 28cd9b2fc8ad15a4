package io.aiaudit.store;

import java.nio.file.Path;

/** How much memory (MiB) and how many threads the database may use, and the private folder where it spills what does not fit. */
public record StoreLimits(long memoryMib, int threads, Path spillFolder) {}
