package io.aiaudit.collect;

import io.aiaudit.model.SourceReport;

/**
 * Tries a source before a scan, for {@code aiaudit sources check}: what of it can be read, what cannot, and what to do
 * about it. As a collector it knows its API and nothing about threads, progress or output.
 */
public interface SourceCheck {
    /** The name after {@code --source}. */
    String source();

    /**
     * Tries everything that a scan would need, as cheaply as it can. What fails alone is a part of the report.
     *
     * @throws io.aiaudit.model.UserError when nothing at all can be tried, such as without credentials
     */
    SourceReport check() throws Exception;
}
