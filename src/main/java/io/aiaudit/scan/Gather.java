package io.aiaudit.scan;

import io.aiaudit.collect.Collector;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.Slice.Dataset;
import io.aiaudit.model.Gap;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import io.aiaudit.store.Staging;
import io.aiaudit.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the slices of all collectors, several at a time, metrics last. The one place where a failure to read becomes a gap. */
final class Gather {
    private static final int THREADS = 8;

    private final Store store;
    private final Window window;
    private final Progress progress;
    private final List<Gap> gaps = new ArrayList<>();
    private int landed;
    private boolean defective;

    Gather(Store store, Window window, Progress progress) {
        this.store = store;
        this.window = window;
        this.progress = progress;
    }

    private record Task(Collector collector, Slice slice) {}

    /** Reads whatever can be read. */
    void run(List<Collector> collectors) throws InterruptedException {
        List<Task> tasks = new ArrayList<>();
        for (Collector collector : collectors) {
            tasks.addAll(plan(collector));
        }
        progress.planned(tasks.size());
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            runAll(pool, tasks.stream().filter(task -> !isMetrics(task)).toList());
            runAll(pool, tasks.stream().filter(Gather::isMetrics).toList());
        } finally {
            pool.shutdownNow();
        }
    }

    private static boolean isMetrics(Task task) {
        return task.slice.dataset() == Dataset.METRICS;
    }

    /** What was not read, in the order in which it was noticed. */
    List<Gap> gaps() {
        return List.copyOf(gaps);
    }

    synchronized boolean nothingLanded() {
        return landed == 0;
    }

    /** True when something failed that is our fault. */
    synchronized boolean defective() {
        return defective;
    }

    private List<Task> plan(Collector collector) throws InterruptedException {
        List<Task> tasks = new ArrayList<>();
        guarded(collector.source(), "", () -> {
                    collector.plan(window).forEach(slice -> tasks.add(new Task(collector, slice)));
                    return null;
                })
                .ifPresent(this::add);
        return tasks;
    }

    /** Gaps are kept in the order of the plan, so that the same failures give the same report. */
    private void runAll(ExecutorService pool, List<Task> tasks) throws InterruptedException {
        List<Future<Optional<Gap>>> futures = new ArrayList<>();
        tasks.forEach(task -> futures.add(pool.submit(() -> read(task))));
        for (Future<Optional<Gap>> future : futures) {
            try {
                future.get().ifPresent(this::add);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof InterruptedException interrupt) {
                    throw interrupt;
                }
                throw new IllegalStateException("a slice failed beside its guard", e.getCause());
            }
        }
    }

    private void add(Gap gap) {
        gaps.add(gap);
        store.gap(gap);
    }

    private Optional<Gap> read(Task task) throws InterruptedException {
        String source = task.collector.source();
        Optional<Gap> gap = guarded(source, scope(task), () -> collect(task));
        synchronized (this) {
            if (gap.isPresent()) {
                progress.notRead(source, task.slice.toString());
            } else {
                landed++;
                progress.read(source, task.slice.toString());
            }
        }
        return gap;
    }

    /** What is wrong with a file starts with its name already. */
    private static String scope(Task task) {
        boolean file = task.collector.source().equals(Source.FILES.key());
        return file ? task.slice.dataset().name().toLowerCase(Locale.ROOT) : task.slice.toString();
    }

    private Void collect(Task task) throws Exception {
        Staging staged = store.begin(task.collector.source(), task.slice.toString());
        boolean whole = false;
        try {
            task.collector.collect(task.slice, window, store::resources, staged);
            whole = true;
        } finally {
            if (!whole) {
                store.discard(staged);
            }
        }
        store.commit(staged);
        return null;
    }

    /** The only catch block around a collector. */
    private Optional<Gap> guarded(String source, String scope, Callable<Void> work) throws InterruptedException {
        try {
            work.call();
            return Optional.empty();
        } catch (UserError e) {
            return Optional.of(new Gap(source, scope, e.problem(), e.fix()));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return Optional.of(defect(source, scope, e));
        }
    }

    /** Ours: it is logged, the rest goes on, and the report says that it is partial. */
    private synchronized Gap defect(String source, String scope, Exception failure) {
        defective = true;
        progress.defect(source + " " + scope, failure);
        return new Gap(source, scope, "aiaudit failed here.", "Run it again with --debug and report what it shows.");
    }
}
