package io.aiaudit.scan;

import io.aiaudit.collect.Collector;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Measures;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.Slice.Dataset;
import io.aiaudit.config.Source;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Unmeasured;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import io.aiaudit.store.Staging;
import io.aiaudit.store.Store;
import io.aiaudit.store.StoreFull;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs the slices of all collectors, several of each at a time, what is about resources that were found last. Only
 * here a failure to read becomes a gap.
 */
final class Gather {
    /** For each collector: waiting for one cloud delays no other. */
    private static final int THREADS = 8;

    private static final String DEFECT = "aiaudit failed here.";

    /** Slices about resources that were found. */
    private static final Set<Dataset> ABOUT_KNOWN =
            Set.of(Dataset.METRICS, Dataset.DETAILS, Dataset.PRICES, Dataset.ADVICE);

    private final Store store;
    private final ScanJournal journal;
    private final Window window;
    private final Progress progress;
    private final List<Gap> gaps = new ArrayList<>();
    private final Map<String, List<Resource>> landedByKind = new ConcurrentHashMap<>();
    private final Set<Task> answered = new HashSet<>();
    /** Accounts of which something that finds resources was not kept by an interrupted scan. */
    private final Set<String> foundAnew = ConcurrentHashMap.newKeySet();

    private final FoldedGaps unread = new FoldedGaps();
    private final List<Unmeasured> unmeasured = new ArrayList<>();
    private boolean defective;

    Gather(Store store, ScanJournal journal, Window window, Progress progress) {
        this.store = store;
        this.journal = journal;
        this.window = window;
        this.progress = progress;
    }

    private record Reader(Collector collector, ExecutorService pool) {}

    private record Task(Reader reader, Slice slice) {
        Collector collector() {
            return reader.collector;
        }
    }

    /** Reads whatever can be read. */
    void run(List<Collector> collectors) throws InterruptedException {
        List<Reader> readers = collectors.stream()
                .map(collector -> new Reader(collector, Executors.newFixedThreadPool(THREADS)))
                .toList();
        try {
            List<Task> tasks = plan(readers);
            progress.planned(tasks.size());
            tasks.forEach(task -> unread.planned(task.collector().source(), task.slice));
            runAll(tasks.stream().filter(task -> !isAboutKnown(task)).toList());
            collectors.forEach(collector -> sayIfEmpty(collector.source(), tasks));
            runAll(tasks.stream().filter(Gather::isAboutKnown).toList());
            unread.gaps().forEach(this::add);
            if (!nothingLanded()) {
                unmeasured.forEach(store::unmeasured);
            }
        } finally {
            readers.forEach(reader -> reader.pool.shutdownNow());
        }
    }

    /**
     * A cloud in which nothing was found is not one in which nothing is wasted. What did not answer is a gap, and
     * proves nothing.
     */
    private synchronized void sayIfEmpty(String source, List<Task> tasks) {
        List<Slice> looked = tasks.stream()
                .filter(task -> task.collector().source().equals(source))
                .filter(answered::contains)
                .map(Task::slice)
                .filter(slice ->
                        slice.dataset() == Dataset.INVENTORY && !slice.account().isEmpty())
                .toList();
        if (!looked.isEmpty() && !store.hasResourcesOf(source)) {
            long accounts = looked.stream().map(Slice::account).distinct().count();
            List<String> scopes = looked.stream().map(Slice::scope).distinct().toList();
            String where = scopes.equals(List.of(Slice.EVERYWHERE))
                    ? "all regions"
                    : scopes.size() == 1 ? "1 region" : scopes.size() + " regions";
            store.warning("Nothing was found in " + source + ": "
                    + (looked.size() == 1 ? "1 inventory of " : looked.size() + " inventories of ")
                    + (accounts == 1 ? "1 account" : accounts + " accounts") + " in "
                    + where + (looked.size() == 1 ? " lists" : " list")
                    + " no resource. This does not mean that there is no waste.");
        }
    }

    private static boolean isAboutKnown(Task task) {
        return ABOUT_KNOWN.contains(task.slice.dataset());
    }

    /** What was not read, in the order in which it was noticed. */
    List<Gap> gaps() {
        return List.copyOf(gaps);
    }

    synchronized boolean nothingLanded() {
        return answered.isEmpty();
    }

    /** True when something failed that is our fault. */
    synchronized boolean defective() {
        return defective;
    }

    private List<Task> plan(List<Reader> readers) throws InterruptedException {
        List<List<String>> accounts = new ArrayList<>();
        List<List<Gap>> unlisted = new ArrayList<>();
        List<Future<Optional<Gap>>> looked = new ArrayList<>();
        for (Reader reader : readers) {
            List<String> ofReader = new ArrayList<>();
            accounts.add(ofReader);
            List<Gap> gapsOfReader = new ArrayList<>();
            unlisted.add(gapsOfReader);
            looked.add(reader.pool.submit(() -> guarded(
                            reader.collector, "", () -> ofReader.addAll(reader.collector.accounts(gapsOfReader::add)))
                    .map(gap -> unmeasured(reader.collector, gap))));
        }
        await(looked);
        for (int i = 0; i < readers.size(); i++) {
            Collector collector = readers.get(i).collector;
            unlisted.get(i).forEach(gap -> add(unmeasured(collector, gap)));
        }
        List<List<Task>> tasks = new ArrayList<>();
        List<Future<Optional<Gap>>> planned = new ArrayList<>();
        for (int i = 0; i < readers.size(); i++) {
            for (String account : accounts.get(i)) {
                List<Task> ofAccount = new ArrayList<>();
                tasks.add(ofAccount);
                planned.add(plan(readers.get(i), account, ofAccount));
            }
        }
        await(planned);
        return tasks.stream().flatMap(List::stream).toList();
    }

    private Future<Optional<Gap>> plan(Reader reader, String account, List<Task> tasks) {
        return reader.pool.submit(() -> {
            Optional<Gap> gap = guarded(reader.collector, account, () -> {
                reader.collector.plan(account, window).forEach(slice -> tasks.add(new Task(reader, slice)));
                return null;
            });
            if (gap.isPresent()) {
                reader.collector.beside(account).forEach(slice -> tasks.add(new Task(reader, slice)));
            }
            return gap.map(closed -> account.isEmpty() ? closed : closed.in(account, null, null))
                    .map(closed -> unmeasured(reader.collector, closed));
        });
    }

    /** A gap of an account as a whole: nothing that is in it was measured. */
    private synchronized Gap unmeasured(Collector collector, Gap gap) {
        unmeasured.add(new Unmeasured(
                gap.source(), gap.accountId(), gap.region(), true, new Measures(collector.parts()).all()));
        return gap;
    }

    /** A gap of a slice, or of a list in it. */
    private synchronized void unmeasured(Task task, Gap gap) {
        boolean isOfUnlisted = task.slice.dataset() != Dataset.METRICS;
        Map<String, Set<String>> metrics = new Measures(task.collector().parts()).of(task.slice);
        if (!metrics.isEmpty()) {
            unmeasured.add(new Unmeasured(gap.source(), gap.accountId(), gap.region(), isOfUnlisted, metrics));
        }
    }

    /** Gaps are kept in the order of the plan, so that the same failures give the same report. */
    private void runAll(List<Task> tasks) throws InterruptedException {
        List<Future<Optional<Gap>>> futures = new ArrayList<>();
        tasks.forEach(task -> futures.add(task.reader.pool.submit(() -> read(task))));
        for (int i = 0; i < tasks.size(); i++) {
            Slice slice = tasks.get(i).slice;
            await(futures.get(i))
                    .ifPresent(gap -> unread.failed(slice, gap, gap.problem().equals(DEFECT)));
        }
    }

    private void await(List<Future<Optional<Gap>>> futures) throws InterruptedException {
        for (Future<Optional<Gap>> future : futures) {
            await(future).ifPresent(this::add);
        }
    }

    private static Optional<Gap> await(Future<Optional<Gap>> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException interrupt) {
                throw interrupt;
            }
            if (e.getCause() instanceof StoreFull full) {
                throw full;
            }
            throw new IllegalStateException("a slice failed beside its guard", e.getCause());
        }
    }

    private void add(Gap gap) {
        gaps.add(gap);
        store.gap(gap);
    }

    private Optional<Gap> read(Task task) throws InterruptedException {
        String source = task.collector().source();
        Optional<Gap> gap =
                guarded(task.collector(), scope(task), () -> collect(task)).map(task.slice::locate);
        synchronized (this) {
            if (gap.isPresent()) {
                unmeasured(task, gap.get());
                progress.notRead(source, task.slice.toString());
            } else {
                answered.add(task);
                progress.read(source, task.slice.toString());
            }
        }
        return gap;
    }

    /** What is wrong with a file starts with its name already. */
    private static String scope(Task task) {
        boolean file = task.collector().source().equals(Source.FILES.key());
        return file ? task.slice.dataset().name().toLowerCase(Locale.ROOT) : task.slice.toString();
    }

    /** What is about resources of an account is kept only as long as all that found them is. */
    private void readAnew(Task task, SliceJournal slice) throws IOException {
        String account = task.collector().source() + " " + task.slice.account();
        boolean isKept = slice.isKept();
        if (!isAboutKnown(task) && !isKept) {
            foundAnew.add(account);
        } else if (isAboutKnown(task) && isKept && foundAnew.contains(account)) {
            slice.forget();
        }
    }

    private Object collect(Task task) throws Exception {
        Staging staged = store.begin(task.collector().source(), task.slice.toString());
        boolean whole = false;
        try (SliceJournal slice = journal.of(task.collector().source(), task.slice)) {
            try {
                readAnew(task, slice);
                slice.fill(staged, sink -> task.collector().collect(task.slice, window, known(task), sink));
                whole = true;
            } finally {
                if (!whole) {
                    store.discard(staged);
                }
            }
            store.commit(staged);
            slice.landed();
        }
        if (task.slice.dataset() == Dataset.INVENTORY) {
            staged.gaps().forEach(gap -> unmeasured(task, gap));
        }
        return null;
    }

    /** When these are read everything else has landed: each kind is requested once, however many slices there are. */
    private Known known(Task task) {
        return isAboutKnown(task) ? kind -> landedByKind.computeIfAbsent(kind, store::resources) : store::resources;
    }

    /** The only catch block around a collector. */
    private Optional<Gap> guarded(Collector collector, String scope, Callable<?> work) throws InterruptedException {
        try {
            work.call();
            return Optional.empty();
        } catch (UserError e) {
            return Optional.of(gap(collector, scope, e));
        } catch (InterruptedException | StoreFull e) {
            throw e;
        } catch (Exception e) {
            if (Thread.currentThread().isInterrupted()) {
                throw stopped(e); // however a library reports an interrupt
            }
            return Optional.of(collector
                    .explain(e)
                    .map(known -> gap(collector, scope, known))
                    .orElseGet(() -> defect(collector.source(), scope, e)));
        }
    }

    private static Gap gap(Collector collector, String scope, UserError error) {
        return new Gap(collector.source(), scope, error.problem(), error.fix());
    }

    private static InterruptedException stopped(Exception e) {
        InterruptedException stopped = new InterruptedException(e.getMessage());
        stopped.initCause(e);
        return stopped;
    }

    /** Ours: it is logged, the rest goes on, and the report says that it is partial. */
    private synchronized Gap defect(String source, String scope, Exception failure) {
        defective = true;
        progress.defect(source + " " + scope, failure);
        return new Gap(source, scope, DEFECT, "Run it again with --debug and report what it shows.");
    }
}
