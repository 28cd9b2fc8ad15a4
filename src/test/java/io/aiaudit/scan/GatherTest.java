package io.aiaudit.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.collect.Collector;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Operation;
import io.aiaudit.collect.Part;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.Slice.Dataset;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import io.aiaudit.store.IngestSettings;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.ScanFacts;
import io.aiaudit.store.Staging;
import io.aiaudit.store.Store;
import io.aiaudit.store.StoreLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatherTest {
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");

    private static final Operation LISTS_INSTANCES = new Operation() {
        @Override
        public String name() {
            return "List";
        }

        @Override
        public String permission() {
            return "List";
        }

        @Override
        public List<String> reads() {
            return List.of("instance");
        }

        @Override
        public Frequency frequency() {
            return Frequency.ONCE;
        }
    };

    @TempDir
    private Path folder;

    /** A source that reads two regions, in which what a test wants to go wrong goes wrong. */
    private static class Regions implements Collector {
        private final Trouble trouble;
        final List<String> seen = Collections.synchronizedList(new ArrayList<>());

        Regions(Trouble trouble) {
            this.trouble = trouble;
        }

        @Override
        public String source() {
            return "cloud";
        }

        @Override
        public List<Slice> plan(String account, Window window) throws Exception {
            return List.of(
                    new Slice("1", "north", Dataset.METRICS),
                    new Slice("1", "north", Dataset.INVENTORY),
                    new Slice("1", "south", Dataset.INVENTORY));
        }

        @Override
        public void collect(Slice slice, Window window, Known known, Sink sink) throws Exception {
            if (slice.dataset() == Dataset.METRICS) {
                known.resources("instance").forEach(resource -> seen.add(resource.name()));
                return;
            }
            sink.resource(Resource.builder(slice.scope() + "-1", "instance", "aws")
                    .name(slice.scope())
                    .build());
            trouble.in(slice);
        }
    }

    private interface Trouble {
        void in(Slice slice) throws Exception;
    }

    private Gather gather(Collector collector, Progress progress) throws Exception {
        Path spill = Files.createDirectory(folder.resolve("spill"));
        try (Store store = Store.create(folder.resolve("store.aiaudit"), new StoreLimits(256, 2, spill))) {
            Gather gather = new Gather(store, ScanJournal.NONE, JUNE, progress);
            gather.run(List.of(collector));
            return gather;
        }
    }

    @Test
    void metrics_come_last_and_receive_what_landed() throws Exception {
        Regions regions = new Regions(slice -> {});
        Gather gather = gather(regions, Progress.NONE);
        assertThat(regions.seen).containsExactlyInAnyOrder("north", "south");
        assertThat(gather.gaps()).isEmpty();
        assertThat(gather.nothingLanded()).isFalse();
    }

    @Test
    void a_denied_slice_is_a_gap_and_nothing_of_it_lands() throws Exception {
        Regions regions = new Regions(slice -> {
            if (slice.scope().equals("south")) {
                throw new UserError("access denied for ListInstances.", "Add the permission.");
            }
        });
        Gather gather = gather(regions, Progress.NONE);
        assertThat(regions.seen).containsExactly("north");
        assertThat(gather.gaps())
                .containsExactly(
                        new Gap("cloud", "1/south inventory", "access denied for ListInstances.", "Add the permission.")
                                .in("1", "south", "inventory"));
        assertThat(gather.defective()).isFalse();
    }

    /** Two scopes of four inventories and a bill; one is closed, one denies an inventory. */
    @Test
    void a_scope_of_which_no_inventory_can_be_read_is_one_gap_with_its_cause() throws Exception {
        Collector two =
                new Regions(slice -> {
                    if (slice.scope().equals("closed")) {
                        throw new UserError("access denied for " + slice.part() + ".", "Add the permission.");
                    }
                    if (slice.part().equals("disks")) {
                        throw new UserError("access denied for disks.", "Add the permission.");
                    }
                }) {
                    @Override
                    public List<Slice> plan(String account, Window window) {
                        List<Slice> slices = new ArrayList<>();
                        for (String scope : List.of("open", "closed")) {
                            slices.add(new Slice("1", scope, Dataset.BILLING, "bill"));
                            for (String part : List.of("machines", "endpoints", "disks", "notebooks")) {
                                slices.add(new Slice("1", scope, Dataset.INVENTORY, part));
                            }
                            slices.add(new Slice("1", scope, Dataset.METRICS, "metrics"));
                        }
                        return slices;
                    }
                };
        assertThat(gather(two, Progress.NONE).gaps())
                .containsExactly(
                        new Gap("cloud", "1/open disks", "access denied for disks.", "Add the permission.")
                                .in("1", "open", "inventory"),
                        new Gap("cloud", "1/closed bill", "access denied for bill.", "Add the permission.")
                                .in("1", "closed", "billing"),
                        new Gap(
                                        "cloud",
                                        "1/closed",
                                        "no inventory of it could be read (machines, endpoints, disks and 1 more): "
                                                + "access denied for machines.",
                                        "Add the permission.")
                                .in("1", "closed", "inventory"));
    }

    /**
     * The bill of a scope may be that of all scopes, as an export that is named hangs on the first account: its cause
     * is its own.
     */
    @Test
    void the_bill_of_a_scope_without_inventory_keeps_its_own_gap_and_so_do_commitments_and_another_cause()
            throws Exception {
        Map<String, UserError> failures = Map.of(
                "bill", new UserError("the query is above --max-api-cost.", "Raise it."),
                "reservations", new UserError("access denied for reservations.", "Add the permission of the tenant."),
                "logging", new UserError("access denied for logging.", "Add the permission."),
                "machines", new UserError("access denied for machines.", "Add the permission."),
                "endpoints", new UserError("access denied for endpoints.", "Add the permission."),
                "disks", new UserError("the response is incomplete: a page.", "Run it again."));
        Collector one =
                new Regions(slice -> {
                    throw failures.get(slice.part());
                }) {
                    @Override
                    public List<Slice> plan(String account, Window window) {
                        return List.of(
                                new Slice("1", "all", Dataset.BILLING, "bill"),
                                new Slice("1", "all", Dataset.INVENTORY, "machines"),
                                new Slice("1", "all", Dataset.INVENTORY, "endpoints"),
                                new Slice("1", "all", Dataset.INVENTORY, "disks"),
                                new Slice("1", "all", Dataset.COMMITMENTS, "reservations"),
                                new Slice("1", "all", Dataset.GOVERNANCE, "logging"));
                    }
                };
        assertThat(gather(one, Progress.NONE).gaps())
                .containsExactlyInAnyOrder(
                        new Gap("cloud", "1/all bill", "the query is above --max-api-cost.", "Raise it.")
                                .in("1", null, "billing"),
                        new Gap(
                                        "cloud",
                                        "1/all reservations",
                                        "access denied for reservations.",
                                        "Add the permission of the tenant.")
                                .in("1", null, "commitments"),
                        new Gap(
                                        "cloud",
                                        "1",
                                        "no inventory of it could be read (machines, endpoints), nor logging: access "
                                                + "denied for machines.",
                                        "Add the permission.")
                                .in("1", null, "inventory"),
                        new Gap("cloud", "1/all disks", "the response is incomplete: a page.", "Run it again.")
                                .in("1", null, "inventory"));
    }

    @Test
    void a_scope_where_our_own_defect_is_among_the_failures_is_not_called_closed() throws Exception {
        Collector one =
                new Regions(slice -> {
                    if (slice.part().equals("disks")) {
                        throw new IllegalStateException("index 7");
                    }
                    throw new UserError("access denied for machines.", "Add the permission.");
                }) {
                    @Override
                    public List<Slice> plan(String account, Window window) {
                        return List.of(
                                new Slice("1", "north", Dataset.INVENTORY, "machines"),
                                new Slice("1", "north", Dataset.INVENTORY, "disks"));
                    }
                };
        assertThat(gather(one, Progress.NONE).gaps())
                .extracting(Gap::scope)
                .containsExactly("1/north machines", "1/north disks");
    }

    @Test
    void our_own_defect_is_distinguished_and_the_rest_goes_on() throws Exception {
        List<String> defects = new ArrayList<>();
        Regions regions = new Regions(slice -> {
            if (slice.scope().equals("north")) {
                throw new IllegalStateException("index 7");
            }
        });
        Gather gather = gather(regions, new Progress() {
            @Override
            public void defect(String what, Exception failure) {
                defects.add(what + ": " + failure.getMessage());
            }
        });
        assertThat(defects).containsExactly("cloud 1/north inventory: index 7");
        assertThat(regions.seen).containsExactly("south");
        assertThat(gather.defective()).isTrue();
        assertThat(gather.gaps()).extracting(Gap::problem).containsExactly("aiaudit failed here.");
    }

    @Test
    void a_source_that_waits_keeps_no_other_from_being_requested() throws Exception {
        List<String> both = Collections.synchronizedList(new ArrayList<>());
        CyclicBarrier meeting = new CyclicBarrier(2);
        List<Collector> sources = List.of(waiting(meeting, both), waiting(meeting, both));
        try (Store store = Store.create(
                folder.resolve("store.aiaudit"),
                new StoreLimits(256, 2, Files.createDirectory(folder.resolve("spill"))))) {
            Gather gather = new Gather(store, ScanJournal.NONE, JUNE, Progress.NONE);
            gather.run(sources);
            assertThat(gather.gaps()).isEmpty();
        }
        assertThat(both).containsExactly("accounts", "accounts", "plan", "plan", "collect", "collect");
    }

    /** Goes on in each step only when the other source is in it too. */
    private static Collector waiting(CyclicBarrier meeting, List<String> both) {
        return new Regions(slice -> {}) {
            private void meet(String step) throws Exception {
                meeting.await(20, TimeUnit.SECONDS);
                both.add(step);
            }

            @Override
            public List<String> accounts(Consumer<Gap> unread) throws Exception {
                meet("accounts");
                return List.of("1");
            }

            @Override
            public List<Slice> plan(String account, Window window) throws Exception {
                meet("plan");
                return List.of(new Slice("1", "north", Dataset.INVENTORY));
            }

            @Override
            public void collect(Slice slice, Window window, Known known, Sink sink) throws Exception {
                meet("collect");
            }
        };
    }

    @Test
    void an_interrupt_ends_the_scan() {
        assertThatThrownBy(() -> gather(
                        new Regions(slice -> {
                            throw new InterruptedException();
                        }),
                        Progress.NONE))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void credentials_that_fail_in_the_plan_are_a_gap_too() throws Exception {
        Gather gather = gather(
                new Regions(slice -> {}) {
                    @Override
                    public List<Slice> plan(String account, Window window) {
                        throw new UserError("no credentials.", "Log in.");
                    }
                },
                Progress.NONE);
        assertThat(gather.gaps()).containsExactly(new Gap("cloud", "", "no credentials.", "Log in."));
        assertThat(gather.nothingLanded()).isTrue();
    }

    /** Metrics of the north are read, those of the south are denied, and so is the list of the west. */
    @Test
    void what_a_slice_that_is_not_read_would_have_measured_is_unread() throws Exception {
        Collector collector = new Regions(slice -> {}) {
            @Override
            public String source() {
                return "aws";
            }

            @Override
            public List<Slice> plan(String account, Window window) {
                return List.of(
                        new Slice("1", "north", Dataset.METRICS),
                        new Slice("1", "south", Dataset.METRICS),
                        new Slice("1", "west", Dataset.INVENTORY));
            }

            @Override
            public List<Part<Operation>> parts() {
                return List.of(
                        new Part<>("metrics", Dataset.METRICS, List.of()) {
                            @Override
                            public Map<String, Set<String>> measures() {
                                return Map.of("instance", Set.of("cpu_utilization"));
                            }
                        },
                        new Part<>("inventory", Dataset.INVENTORY, List.of(LISTS_INSTANCES)) {});
            }

            @Override
            public void collect(Slice slice, Window window, Known known, Sink sink) {
                if (slice.scope().equals("west")) {
                    sink.gap(slice.locate(new Gap("aws", "west", "the list broke off.", "Run it again.")));
                }
                if (slice.scope().equals("south")) {
                    throw new UserError("access denied for GetMetricData.", "Add the permission.");
                }
            }
        };
        assertThat(unread(collector)).containsExactlyInAnyOrder("south", "west");
    }

    /** Of a machine of the bill in each region, those of which a sign of work is unknown. */
    private List<String> unread(Collector collector) throws Exception {
        Path spill = Files.createDirectory(folder.resolve("spill"));
        Path file = folder.resolve("store.aiaudit");
        StoreLimits limits = new StoreLimits(256, 2, spill);
        try (Store store = Store.create(file, limits)) {
            Staging billed = store.begin("~bill", "bill");
            List.of("north", "south", "west")
                    .forEach(region -> billed.resource(Resource.builder(region, "instance", "aws")
                            .accountId("1")
                            .region(region)
                            .build()));
            store.commit(billed);
            new Gather(store, ScanJournal.NONE, JUNE, Progress.NONE).run(List.of(collector));
            store.finish(
                    new ScanFacts("1", JUNE, "USD", List.of("aws"), JUNE.end(), false, false, Map.of()),
                    IngestSettings.NONE);
        }
        try (LockedStore store = LockedStore.open(file, limits)) {
            return store
                    .select("SELECT resource_id FROM resources"
                            + " WHERE attributes['unread_metrics'] = 'cpu_utilization'")
                    .rows()
                    .stream()
                    .map(row -> (String) row.get(0))
                    .toList();
        }
    }
}
