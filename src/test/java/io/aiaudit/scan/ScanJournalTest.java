package io.aiaudit.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.collect.Collector;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.Slice.Dataset;
import io.aiaudit.collect.aws.AwsScope;
import io.aiaudit.config.Config;
import io.aiaudit.config.ConfigBuilder;
import io.aiaudit.config.Inputs;
import io.aiaudit.config.Source;
import io.aiaudit.model.Advice;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.Gap;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.OfferBuilder;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import io.aiaudit.store.Store;
import io.aiaudit.store.StoreLimits;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scan that is interrupted leaves what it has read to the next one, and to no other. */
class ScanJournalTest {
    private static final Instant NOW = Instant.parse("2026-07-01T10:00:00Z");
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");
    private static final Config CONFIG = ConfigBuilder.builder()
            .sources(List.of(Source.AWS))
            .inputs(Inputs.NONE)
            .aws(AwsScope.OWN_ACCOUNT)
            .saved(Map.of())
            .build();

    @TempDir
    private Path folder;

    private final List<String> read = Collections.synchronizedList(new ArrayList<>());
    private int store;

    private interface Trouble {
        void in(Slice slice, Sink sink) throws Exception;
    }

    /** Two regions with one of each thing. */
    private Collector cloud(Trouble trouble) {
        return new Collector() {
            @Override
            public String source() {
                return "aws";
            }

            @Override
            public List<Slice> plan(String account, Window window) {
                return List.of(
                        new Slice("1", "north", Dataset.INVENTORY),
                        new Slice("1", "south", Dataset.INVENTORY),
                        new Slice("1", "north", Dataset.METRICS));
            }

            @Override
            public void collect(Slice slice, Window window, Known known, Sink sink) throws Exception {
                read.add(slice.toString());
                if (slice.dataset() == Dataset.METRICS) {
                    known.resources("instance")
                            .forEach(resource -> sink.metric(new MetricHour(
                                    resource.resourceId(), "requests", JUNE.start(), 0.5, null, 1.0, 60L)));
                } else {
                    all(slice.scope(), sink);
                }
                trouble.in(slice, sink);
            }
        };
    }

    private static void all(String region, Sink sink) {
        sink.resource(Resource.builder("i-" + region, "instance", "aws")
                .region(region)
                .createdAt(JUNE.start())
                .acceleratorCount(new BigDecimal("0.25"))
                .tags(Map.of("team", "vision, \"north\"\nline"))
                .build());
        sink.offer(OfferBuilder.builder()
                .provider("aws")
                .region(region)
                .machineType("p3.2xlarge")
                .onDemand(new BigDecimal("3.06"))
                .asOf(LocalDate.parse("2026-06-30"))
                .build());
        sink.commitment(
                new Commitment("aws", "plan-" + region, "savings_plan", null, JUNE.start(), null, BigDecimal.ONE, null),
                "EUR");
        sink.advice(new Advice("i-" + region, "compute-optimizer", "smaller", BigDecimal.TEN), "USD");
        sink.warning("Something about " + region + ".");
    }

    private ScanJournal journal(Config config, Window window, Instant now) {
        return ScanJournal.of(
                ConfigBuilder.builder(config)
                        .save(folder.resolve("june.aiaudit"))
                        .build(),
                window,
                "1.0",
                now);
    }

    private ScanJournal journal() {
        return journal(CONFIG, JUNE, NOW);
    }

    /** What landed, as text. */
    private String gather(ScanJournal journal, Trouble trouble) throws Exception {
        Path own = Files.createDirectory(folder.resolve("run" + ++store));
        try (Store filled = Store.create(own.resolve("store.aiaudit"), new StoreLimits(256, 2, own))) {
            new Gather(filled, journal, JUNE, Progress.NONE).run(List.of(cloud(trouble)));
            return filled.resources("instance").toString();
        }
    }

    private void interrupted(Trouble trouble) throws Exception {
        try (ScanJournal journal = journal()) {
            gather(journal, trouble);
        }
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("june.aiaudit.part"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void the_same_scan_reads_only_what_was_not_read() throws Exception {
        interrupted((slice, sink) -> {
            if (slice.scope().equals("south")) {
                throw new UserError("the connection broke.", "Run it again.");
            }
        });
        assertThat(read).containsExactlyInAnyOrder("1/north inventory", "1/south inventory", "1/north metrics");
        read.clear();

        try (ScanJournal journal = journal()) {
            assertThat(journal.continued().orElseThrow())
                    .isEqualTo("2 parts were read by a scan that began at 2026-07-01T10:00:00Z and was interrupted. "
                            + "This scan continued it.");
            String landed = gather(journal, (slice, sink) -> {});
            assertThat(read)
                    .as("and again what is about the resources of its account")
                    .containsExactly("1/south inventory", "1/north metrics");
            assertThat(landed)
                    .isEqualTo(gather(ScanJournal.NONE, (slice, sink) -> {}))
                    .contains("i-north", "i-south", "vision, \"north\"\nline", "0.25");
            journal.remove();
        }
        assertThat(folder.resolve("june.aiaudit.part")).doesNotExist();
    }

    @Test
    void each_thing_comes_back_as_it_was_read() throws Exception {
        Sink written = new Sunk();
        Sink replayed = new Sunk();
        Slice slice = new Slice("1", "north", Dataset.INVENTORY);
        SliceJournal.Reading reading = sink -> {
            all("north", sink);
            sink.metric(new MetricHour("i-north", "requests", JUNE.start(), 0.1, null, 1e300, null));
        };
        try (ScanJournal journal = journal()) {
            try (SliceJournal first = journal.of("aws", slice)) {
                first.fill(written, reading);
                first.landed();
            }
            try (SliceJournal second = journal.of("aws", slice)) {
                second.fill(replayed, sink -> {
                    throw new IllegalStateException("it was read before");
                });
            }
        }
        assertThat(replayed.toString()).isEqualTo(written.toString()).contains("plan-north", "EUR", "3.06", "smaller");
    }

    @Test
    void what_has_a_gap_is_read_again() throws Exception {
        interrupted((slice, sink) -> sink.gap(new Gap("aws", "volumes", "denied", "Add the permission.")));
        assertThat(folder.resolve("june.aiaudit.part")).doesNotExist();
    }

    @Test
    void another_window_scope_or_day_begins_anew() throws Exception {
        Config other = ConfigBuilder.builder(CONFIG)
                .aws(new AwsScope(false, List.of("2"), List.of(), "role", null, null, null))
                .build();
        for (Runnable begin : List.<Runnable>of(
                () -> begunAnew(CONFIG, Window.parse("2026-05-01/2026-06-01"), NOW),
                () -> begunAnew(other, JUNE, NOW),
                () -> begunAnew(CONFIG, JUNE, NOW.plus(Duration.ofHours(25))),
                () -> begunAnew(CONFIG, JUNE, NOW.minusSeconds(1)))) {
            interrupted((slice, sink) -> {});
            assertThat(kept()).hasSize(4).contains("scan.json");
            begin.run();
            assertThat(folder.resolve("june.aiaudit.part")).doesNotExist();
        }
        interrupted((slice, sink) -> {});
        try (ScanJournal journal = journal(CONFIG, JUNE, NOW.plus(Duration.ofHours(23)))) {
            assertThat(journal.continued()).isPresent();
        }
    }

    private void begunAnew(Config config, Window window, Instant now) {
        try (ScanJournal journal = journal(config, window, now)) {
            assertThat(journal.continued()).isEmpty();
        }
    }

    @Test
    void what_another_slice_has_reported_is_no_reason_to_keep_this_one() throws Exception {
        interrupted((slice, sink) -> sink.incomplete());
        assertThat(folder.resolve("june.aiaudit.part")).doesNotExist();
    }

    @Test
    void metrics_are_kept_where_all_that_found_resources_is() throws Exception {
        interrupted((slice, sink) -> {});
        read.clear();
        interrupted((slice, sink) -> {});
        assertThat(read).isEmpty();
    }

    @Test
    void damaged_parts_are_read_anew() throws Exception {
        interrupted((slice, sink) -> {});
        for (String name : kept()) {
            if (name.endsWith(".gz")) {
                Files.writeString(folder.resolve("june.aiaudit.part").resolve(name), "no archive");
            }
        }
        read.clear();
        interrupted((slice, sink) -> {});
        assertThat(read).hasSize(3);
        interrupted((slice, sink) -> {});
        assertThat(read).as("whole again").hasSize(3);
    }

    @Test
    void one_run_has_it_at_a_time_and_nobody_else_can_read_it() throws Exception {
        try (ScanJournal first = journal();
                ScanJournal second = journal()) {
            gather(first, (slice, sink) -> {});
            read.clear();
            gather(second, (slice, sink) -> {});
            assertThat(read).as("a second run at the same time reads all").hasSize(3);
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("june.aiaudit.part"))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void a_link_is_not_followed_and_files_need_no_journal() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("june.aiaudit.part"), elsewhere);
        interrupted((slice, sink) -> {});
        assertThat(elsewhere).isEmptyDirectory();

        Config files =
                ConfigBuilder.builder(CONFIG).sources(List.of(Source.FILES)).build();
        assertThat(journal(files, JUNE, NOW)).isSameAs(ScanJournal.NONE);
        assertThat(ScanJournal.of(CONFIG, JUNE, "1.0", NOW))
                .as("nothing is saved")
                .isSameAs(ScanJournal.NONE);
    }

    @Test
    void a_folder_of_somebody_else_is_left_alone() throws Exception {
        Path own = Files.createDirectory(folder.resolve("june.aiaudit.part"));
        Files.writeString(own.resolve("thesis.txt"), "years of work");
        interrupted((slice, sink) -> {});
        assertThat(own.resolve("thesis.txt")).exists();
        assertThat(kept()).containsExactly("thesis.txt");
    }

    @Test
    void a_scan_without_names_removes_those_that_an_interrupted_one_has_left() throws Exception {
        interrupted((slice, sink) -> {});
        Config redacted = ConfigBuilder.builder(CONFIG)
                .save(folder.resolve("june.aiaudit"))
                .build();
        assertThat(ScanJournal.without(redacted)).isSameAs(ScanJournal.NONE);
        assertThat(folder.resolve("june.aiaudit.part")).doesNotExist();
    }

    /** Keeps as text what it is given. */
    private static final class Sunk implements Sink {
        private final List<Object> all = new ArrayList<>();

        @Override
        public void resource(Resource resource) {
            all.add(resource);
        }

        @Override
        public void metric(MetricHour metricHour) {
            all.add(metricHour);
        }

        @Override
        public void offer(io.aiaudit.model.Offer offer) {
            all.add(offer);
        }

        @Override
        public void commitment(Commitment commitment, String currency) {
            all.add(List.of(commitment, currency));
        }

        @Override
        public void advice(Advice advice, String currency) {
            all.add(List.of(advice, currency));
        }

        @Override
        public void gap(Gap gap) {
            all.add(gap);
        }

        @Override
        public void warning(String message) {
            all.add(message);
        }

        @Override
        public void files(io.aiaudit.model.FileSet files) {
            all.add(files);
        }

        @Override
        public String toString() {
            return all.toString();
        }
    }
}
