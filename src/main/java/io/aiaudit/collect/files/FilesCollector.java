package io.aiaudit.collect.files;

import io.aiaudit.collect.Collector;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.Comparator;
import java.util.List;

/** Bills, inventories and metrics that somebody brought as files; the store reads them by itself. */
public final class FilesCollector implements Collector {
    private final List<FileSet> files;

    public FilesCollector(List<FileSet> files) {
        this.files = List.copyOf(files);
    }

    @Override
    public String source() {
        return "files";
    }

    @Override
    public List<Slice> plan(String account, Window window) {
        return files.stream()
                .map(set -> new Slice("", set.label(), dataset(set.content())))
                .distinct()
                .sorted(Comparator.comparing(Slice::dataset))
                .toList();
    }

    @Override
    public void collect(Slice slice, Window window, Known known, Sink sink) {
        files.stream()
                .filter(set -> set.label().equals(slice.scope()) && dataset(set.content()) == slice.dataset())
                .limit(1)
                .forEach(set -> {
                    set.gaps().forEach(gap -> sink.gap(slice.locate(gap)));
                    sink.files(set);
                });
    }

    private static Slice.Dataset dataset(FileSet.Content content) {
        return switch (content) {
            case BILLING -> Slice.Dataset.BILLING;
            case INVENTORY -> Slice.Dataset.INVENTORY;
            case USAGE -> Slice.Dataset.METRICS;
        };
    }
}
