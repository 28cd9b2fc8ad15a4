package io.aiaudit.scan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.aws.AwsScope;
import io.aiaudit.collect.azure.AzureScope;
import io.aiaudit.collect.gcp.GcpScope;
import io.aiaudit.config.Config;
import io.aiaudit.config.Source;
import io.aiaudit.disk.KeptFolder;
import io.aiaudit.disk.NotWritten;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a live scan with {@code --save} has read so far, in the folder {@code NAME.part} beside the file that it will
 * save: one file for each slice. A scan that is interrupted leaves it there, and the same scan goes on with it within a
 * day; one that ends removes it. A scan is the same with the same version, sources, scope and window. (docs/adr/0200)
 */
final class ScanJournal implements AutoCloseable {
    /** Keeps nothing. */
    static final ScanJournal NONE = new ScanJournal(null, null, 0);

    private static final String SUFFIX = ".part";
    private static final String HEADER = "scan.json";
    private static final String SLICE = ".jsonl.gz";
    /** Resources of yesterday are no inventory of today. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final KeptFolder folder;
    private final Instant began;
    private final long kept;

    private ScanJournal(KeptFolder folder, Instant began, long kept) {
        this.folder = folder;
        this.began = began;
        this.kept = kept;
    }

    /** What makes a scan another one. */
    private record Identity(
            String version,
            List<Source> sources,
            boolean hasBill,
            String window,
            AwsScope aws,
            AzureScope azure,
            GcpScope gcp) {
        String digest() {
            try {
                return ScanJournal.digest(JSON.writeValueAsString(this));
            } catch (IOException e) {
                throw new IllegalStateException("a configuration is no JSON", e);
            }
        }
    }

    /** The first file of a journal. */
    private record Header(String scan, Instant began) {}

    /**
     * That of this scan: the one that an interrupted scan has left, or a new one. None without a file to save, for
     * sources without requests, and where the folder can't be used.
     */
    static ScanJournal of(Config config, Window requested, String version, Instant now) {
        if (config.save() == null || requested == null || !config.live()) {
            return NONE;
        }
        Optional<KeptFolder> opened = KeptFolder.open(folder(config), HEADER);
        if (opened.isEmpty()) {
            return NONE;
        }
        KeptFolder folder = opened.get();
        Identity identity = new Identity(
                version,
                config.sources(),
                config.inputs().hasBill(),
                requested.toString(),
                config.aws(),
                config.azure(),
                config.gcp());
        try {
            return of(folder, identity.digest(), now);
        } catch (IOException e) {
            folder.remove();
            return NONE;
        }
    }

    private static Path folder(Config config) {
        Path save = config.save().toAbsolutePath();
        return save.resolveSibling(save.getFileName() + SUFFIX);
    }

    /** None; and what an interrupted scan of this name has left goes, since it has names that must not be kept. */
    static ScanJournal without(Config config) {
        if (config.save() != null && Files.isRegularFile(folder(config).resolve(HEADER))) {
            KeptFolder.open(folder(config), HEADER).ifPresent(KeptFolder::remove);
        }
        return NONE;
    }

    private static ScanJournal of(KeptFolder folder, String scan, Instant now) throws IOException {
        Path header = folder.path().resolve(HEADER);
        Optional<Header> left = left(header)
                .filter(found -> scan.equals(found.scan()))
                .filter(found -> found.began() != null
                        && !found.began().isAfter(now)
                        && found.began().isAfter(now.minus(LONGEST)));
        if (left.isPresent()) {
            return new ScanJournal(
                    folder, left.get().began(), slices(folder.path()).size());
        }
        for (Path slice : slices(folder.path())) {
            Files.delete(slice);
        }
        JSON.writeValue(header.toFile(), new Header(scan, now));
        return new ScanJournal(folder, now, 0);
    }

    /** Empty where there is none, or nothing of ours. */
    private static Optional<Header> left(Path header) {
        try {
            return Files.isRegularFile(header)
                    ? Optional.of(JSON.readValue(header.toFile(), Header.class))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<Path> slices(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SLICE))
                    .toList();
        }
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A slice in it. A bill is read again: its newest run may be another one. */
    SliceJournal of(String source, Slice slice) {
        if (folder == null || slice.dataset() == Slice.Dataset.BILLING) {
            return new SliceJournal(null);
        }
        String key = String.join(
                "\n", source, slice.account(), slice.scope(), slice.dataset().label(), slice.part());
        return new SliceJournal(folder.path().resolve(digest(key) + SLICE));
    }

    /** Such as {@code 812 parts were read ...}; empty where the scan begins anew. */
    Optional<String> continued() {
        return kept == 0
                ? Optional.empty()
                : Optional.of((kept == 1 ? "1 part was" : kept + " parts were") + " read by a scan that began at "
                        + began + " and was interrupted. This scan continued it.");
    }

    /** The scan has ended. */
    void remove() {
        if (folder != null) {
            folder.remove();
        }
    }

    /** A scan that has read nothing leaves nothing. */
    @Override
    public void close() {
        if (folder == null) {
            return;
        }
        try {
            if (slices(folder.path()).isEmpty()) {
                folder.remove();
            }
        } catch (NoSuchFileException e) {
            return; // the scan has ended
        } catch (IOException e) {
            throw NotWritten.of("the journal of the scan cannot be read", e);
        } finally {
            folder.close();
        }
    }
}
