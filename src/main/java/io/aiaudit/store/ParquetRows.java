package io.aiaudit.store;

import java.nio.file.Path;
import java.util.Properties;

/** Whether Parquet files have rows, for who has to choose among files before any is read. */
public final class ParquetRows {
    private ParquetRows() {}

    /** One that cannot be read may have some: the reason is reported when it is read. */
    public static boolean any(Path file) {
        try (Sql sql = Sql.open("", new Properties())) {
            return sql.count("SELECT sum(num_rows) FROM parquet_file_metadata(" + Sql.literal(FileRows.pattern(file))
                            + ")")
                    > 0;
        } catch (StoreException e) {
            return true;
        }
    }
}
