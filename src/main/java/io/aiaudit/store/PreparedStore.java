package io.aiaudit.store;

import io.aiaudit.disk.NotWritten;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;

/**
 * The databases as every scan begins with them: the tables of the model with the built-in prices in them, and the
 * tables in which slices land. Copying a file takes less than making it. The installation has them ready
 * (docs/adr/0060); where there are none, the first scan of the process makes them.
 */
final class PreparedStore {
    static final PreparedStore STORE = new PreparedStore("store");
    static final PreparedStore WORK = new PreparedStore("work");
    private static final List<PreparedStore> ALL = List.of(STORE, WORK);

    /** That older DuckDB clients read too. */
    static final String VERSION = "v1.2.0";

    /** The folder in which the installation keeps them, named by the launcher. */
    private static final String FOLDER = "aiaudit.prepared";

    private final String name;
    private byte[] content;

    private PreparedStore(String name) {
        this.name = name;
    }

    /** Writes it to {@code file}, which must not exist; needs a private folder where it is not made yet. */
    void copy(Path file, Path spillFolder) {
        Sql.checkPath(file);
        byte[] bytes = content(spillFolder);
        try {
            Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            if (StoreFull.isMeantBy(e)) {
                throw new StoreFull(e);
            }
            throw NotWritten.of("the database", file.getParent(), e);
        }
    }

    private byte[] content(Path spillFolder) {
        synchronized (PreparedStore.class) {
            if (content == null) {
                read(spillFolder);
            }
            return content;
        }
    }

    private void read(Path spillFolder) {
        String installed = System.getProperty(FOLDER);
        try {
            if (installed != null && Files.isRegularFile(Path.of(installed, fileName()))) {
                content = Files.readAllBytes(Path.of(installed, fileName()));
                return;
            }
            Path folder = Files.createTempDirectory(spillFolder, "prepared-");
            make(folder);
            for (PreparedStore each : ALL) {
                each.content = Files.readAllBytes(folder.resolve(each.fileName()));
                Files.delete(folder.resolve(each.fileName()));
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw StoreLimits.unwritable(spillFolder, e);
        }
    }

    private String fileName() {
        return name + ".duckdb";
    }

    /** Makes both files in a folder. */
    private static void make(Path folder) {
        Properties properties = new Properties();
        properties.setProperty("storage_compatibility_version", VERSION);
        properties.setProperty("threads", "1");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("autoinstall_known_extensions", "false");
        try (Sql sql = Sql.open("", properties)) {
            for (PreparedStore each : ALL) {
                Store.attach(sql, folder.resolve(each.fileName()), each.name);
            }
            sql.execute("USE store");
            sql.script("schema.sql");
            sql.script("bills.sql");
            sql.script("staging.sql");
            Macros.prepare(sql);
            ReferenceFacts.load(sql::execute, false, folder);
            sql.execute("USE memory");
            for (PreparedStore each : ALL) {
                sql.execute("CHECKPOINT " + each.name);
                sql.execute("DETACH " + each.name);
            }
        }
    }

    /** Run by the installer: makes them in the folder that is named. Each gets its name when it is whole. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path unfinished = Files.createTempDirectory(folder, "unfinished-");
        make(unfinished);
        for (PreparedStore each : ALL) {
            Files.move(unfinished.resolve(each.fileName()), folder.resolve(each.fileName()));
        }
        Files.delete(unfinished);
    }
}
