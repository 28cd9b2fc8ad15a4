package io.aiaudit.scan;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.aiaudit.model.Advice;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Offer;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * One slice in the journal of a scan: put into its sink from there where an interrupted scan has read it, else read
 * from the source and written down on its way. A slice with a gap is not kept, since it may be whole when it is read
 * again; nor is one of files, which are on this disk. Failing to write it down fails nothing else. For one thread.
 */
final class SliceJournal implements AutoCloseable {
    /** Null where no journal is kept. */
    private final Path file;

    private Recording recording;

    SliceJournal(Path file) {
        this.file = file;
    }

    /** Reads the slice from its source. */
    interface Reading {
        void into(Sink sink) throws Exception;
    }

    /** True where an interrupted scan has read it, and it came to the disk whole. */
    boolean isKept() throws IOException {
        if (file == null || !Files.isRegularFile(file)) {
            return false;
        }
        try {
            read(line -> {});
            return true;
        } catch (IOException e) {
            forget();
            return false;
        }
    }

    /** It has to be read anew, since what it is about is. */
    void forget() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    /** Puts the slice into {@code sink}. */
    void fill(Sink sink, Reading reading) throws Exception {
        if (file == null) {
            reading.into(sink);
        } else if (Files.isRegularFile(file)) {
            read(line -> line.into(sink));
        } else {
            recording = new Recording(sink, unfinished());
            reading.into(recording);
        }
    }

    private void read(Consumer<JournalLine> taker) throws IOException {
        try (GZIPInputStream lines = new GZIPInputStream(Files.newInputStream(file));
                MappingIterator<JournalLine> all =
                        JournalLine.JSON.readerFor(JournalLine.class).readValues(lines)) {
            while (all.hasNextValue()) {
                taker.accept(all.nextValue());
            }
        }
    }

    private Path unfinished() {
        return file.resolveSibling(file.getFileName() + ".unfinished");
    }

    /** The slice is in the store: from now on it need not be read again. */
    void landed() {
        if (recording == null || !recording.isWhole()) {
            return;
        }
        try {
            recording.finish();
            Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            recording.spoil();
        }
    }

    @Override
    public void close() {
        if (recording != null) {
            recording.spoil();
        }
    }

    /** Puts into another sink what it is given, and writes it down. */
    private static final class Recording implements Sink {
        private final Sink sink;
        private final Path unfinished;
        private SequenceWriter lines;
        private boolean isWhole = true;

        Recording(Sink sink, Path unfinished) {
            this.sink = sink;
            this.unfinished = unfinished;
        }

        boolean isWhole() {
            return isWhole;
        }

        private void write(JournalLine line) {
            if (isWhole) {
                try {
                    open().write(line);
                } catch (IOException e) {
                    spoil();
                }
            }
        }

        private SequenceWriter open() throws IOException {
            if (lines == null) {
                lines = JournalLine.JSON
                        .writerFor(JournalLine.class)
                        .withRootValueSeparator("\n")
                        .writeValues(new GZIPOutputStream(Files.newOutputStream(unfinished)));
            }
            return lines;
        }

        /** A slice in which there was nothing is one that was read, too. */
        void finish() throws IOException {
            open().close();
        }

        /** It is read again from the source. */
        void spoil() {
            isWhole = false;
            try {
                if (lines != null) {
                    lines.close();
                }
                Files.deleteIfExists(unfinished);
            } catch (IOException e) {
                return; // the whole journal goes when the scan ends
            }
        }

        @Override
        public void resource(Resource resource) {
            sink.resource(resource);
            write(JournalLine.of(resource));
        }

        @Override
        public void metric(MetricHour metricHour) {
            sink.metric(metricHour);
            write(JournalLine.of(metricHour));
        }

        @Override
        public void offer(Offer offer) {
            sink.offer(offer);
            write(JournalLine.of(offer));
        }

        @Override
        public void commitment(Commitment commitment, String currency) {
            sink.commitment(commitment, currency);
            write(JournalLine.of(commitment, currency));
        }

        @Override
        public void advice(Advice advice, String currency) {
            sink.advice(advice, currency);
            write(JournalLine.of(advice, currency));
        }

        @Override
        public void gap(Gap gap) {
            sink.gap(gap);
            spoil();
        }

        @Override
        public void incomplete() {
            sink.incomplete();
            spoil();
        }

        @Override
        public void warning(String message) {
            sink.warning(message);
            write(JournalLine.of(message));
        }

        @Override
        public void files(FileSet files) {
            sink.files(files);
            spoil();
        }
    }
}
