package io.aiaudit.collect.demo;

import io.aiaudit.collect.Collector;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.Slice.Dataset;
import io.aiaudit.model.Advice;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Vocabulary;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads the demo company: a web shop on three clouds that does not exist, in June 2026, through the same steps as a
 * real one.
 */
public final class DemoCollector implements Collector {
    /** The month that the company exists in. */
    public static final Window MONTH = Window.parse("2026-06-01/2026-07-01");

    private final Path scratch;
    private final Company company = new Company();

    /** The bills are written into {@code scratch}, a folder of the scan's own. */
    public DemoCollector(Path scratch) {
        this.scratch = scratch;
    }

    @Override
    public String source() {
        return "demo";
    }

    @Override
    public List<Slice> plan(String account, Window window) {
        List<Slice> slices = new ArrayList<>();
        Vocabulary.CLOUDS.forEach(provider -> slices.add(new Slice(provider, "focus-export", Dataset.BILLING)));
        slices.addAll(inventory());
        slices.add(new Slice(Slice.EVERYWHERE, "price-lists", Dataset.PRICES));
        Arrays.stream(SavingsPlan.values())
                .map(plan -> plan.account)
                .distinct()
                .forEach(owner -> slices.add(new Slice(owner, Slice.EVERYWHERE, Dataset.COMMITMENTS)));
        inventory().forEach(slice -> slices.add(new Slice(slice.account(), slice.scope(), Dataset.METRICS)));
        return List.copyOf(slices);
    }

    /** Every account and region with resources or with a gap, as an inventory slice, each once. */
    private List<Slice> inventory() {
        return Stream.concat(
                        company.resources().stream().map(resource -> inventory(resource.account(), resource.region())),
                        Table.read("gaps.csv").stream().map(gap -> inventory(gap.get("account"), gap.get("region"))))
                .distinct()
                .toList();
    }

    private static Slice inventory(String account, String region) {
        return new Slice(account, region, Dataset.INVENTORY);
    }

    @Override
    public void collect(Slice slice, Window window, Known known, Sink sink) throws IOException {
        Optional<Gap> gap = gap(slice);
        if (gap.isPresent()) {
            sink.gap(gap.get());
            return;
        }
        switch (slice.dataset()) {
            case BILLING -> sink.files(bill(slice.account()));
            case PRICES -> company.offers().forEach(sink::offer);
            case COMMITMENTS ->
                Arrays.stream(SavingsPlan.values())
                        .filter(plan -> plan.account.equals(slice.account()))
                        .forEach(plan -> sink.commitment(plan.commitment(company)));
            case INVENTORY -> inventory(slice, sink);
            case METRICS ->
                in(slice).forEach(resource -> resource.metrics(window).forEach(sink::metric));
            case GOVERNANCE, DETAILS, ADVICE ->
                throw new IllegalStateException("the demo lists " + slice.dataset() + " with its resources");
        }
    }

    private Optional<Gap> gap(Slice slice) {
        return Table.read("gaps.csv").stream()
                .filter(row -> slice.equals(new Slice(
                        row.get("account"),
                        row.get("region"),
                        Dataset.valueOf(row.get("dataset").toUpperCase(Locale.ROOT)))))
                .map(row -> slice.locate(new Gap("aws", slice.toString(), row.get("problem"), row.get("fix"))))
                .findFirst();
    }

    private FileSet bill(String provider) throws IOException {
        Path file = DemoBill.write(company, provider, MONTH, scratch);
        return FileSet.fetched(FileSet.Content.BILLING, "demo bill of " + provider, file, Set.of());
    }

    private void inventory(Slice slice, Sink sink) {
        List<CSVRecord> advice = Table.read("advice.csv");
        in(slice).forEach(demo -> {
            Resource resource = demo.toResource(company.accountName(demo.account()));
            sink.resource(resource);
            advice.stream()
                    .filter(row -> row.get("resource").equals(demo.name()))
                    .forEach(row -> sink.advice(new Advice(
                            resource.resourceId(),
                            row.get("source"),
                            row.get("recommendation"),
                            row.get("saving") == null ? null : new BigDecimal(row.get("saving")))));
        });
    }

    private Stream<DemoResource> in(Slice slice) {
        return company.resources().stream()
                .filter(resource -> resource.account().equals(slice.account())
                        && resource.region().equals(slice.scope()));
    }
}
