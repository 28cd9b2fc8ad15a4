package io.aiaudit.model;

import java.util.Locale;

/**
 * What the names of one model have in common: {@code anthropic.claude-haiku-4-5-20251001-v1:0}, {@code
 * claude-haiku-4-5@20251001} and {@code Claude-Haiku-4-5} are names of clouds, of price lists and of bills. The
 * patterns are read by Java and by DuckDB alike.
 */
public final class ModelName {
    /** Folders and vendors before a slash. */
    public static final String FOLDERS = "^.*/";

    /** Geographies and vendors before a point. */
    public static final String VENDORS = "^((us-gov|ai21|[a-z]+)[.])+";

    /** Dates and versions at the end. */
    public static final String VERSIONS =
            "([@:].*|-20[0-9]{6}|-20[0-9]{2}-[0-9]{2}-[0-9]{2}|-00[0-9]|-v[0-9]+|-latest)+$";

    /** Between the words of a name: consoles write {@code Claude Sonnet 4.5}. */
    public static final String SEPARATORS = "[. _]+";

    private ModelName() {}

    /** {@code gpt-4.1} for openai/gpt-4.1 and gpt-4.1-2025-04-14: without vendor, geography, date and version. */
    public static String shortened(String name) {
        return name.strip()
                .toLowerCase(Locale.ROOT)
                .replaceFirst(FOLDERS, "")
                .replaceFirst(VENDORS, "")
                .replaceFirst(VERSIONS, "");
    }

    /** The same for all names of a model: {@code gpt-4-1}. */
    public static String key(String name) {
        return shortened(name).replaceAll(SEPARATORS, "-");
    }
}
