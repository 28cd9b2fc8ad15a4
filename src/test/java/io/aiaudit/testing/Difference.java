package io.aiaudit.testing;

import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a fault took from a scan, compared with the same scan without it.
 *
 * @param lost resources that are no longer there
 * @param changed resources that are there and are not described as before
 * @param unmeasured metrics of resources that lack hours, such as {@code vm cpu_utilization}
 * @param invented metrics with hours that the scan without a fault does not have, or has with other values
 * @param others how many prices, commitments, pieces of advice and bills are no longer there
 */
public record Difference(
        Set<String> lost, Set<String> changed, Set<String> unmeasured, Set<String> invented, int others) {
    public static final Difference NONE = new Difference(Set.of(), Set.of(), Set.of(), Set.of(), 0);

    public static Difference between(Gathered whole, Gathered faulty) {
        Map<String, List<Resource>> before = byId(whole);
        Map<String, List<Resource>> after = byId(faulty);
        Set<String> lost = new TreeSet<>();
        Set<String> changed = new TreeSet<>();
        before.forEach((id, rows) -> {
            if (!after.containsKey(id)) {
                lost.add(name(rows));
            } else if (!new HashSet<>(after.get(id)).equals(new HashSet<>(rows))) {
                changed.add(name(rows));
            }
        });
        Set<String> unmeasured = new TreeSet<>();
        Set<MetricHour> hours = new HashSet<>(faulty.metrics);
        for (MetricHour hour : whole.metrics) {
            if (!hours.contains(hour)) {
                unmeasured.add(name(before.get(hour.resourceId())) + " " + hour.metric());
            }
        }
        Set<MetricHour> real = new HashSet<>(whole.metrics);
        Set<String> invented = new TreeSet<>();
        faulty.metrics.stream()
                .filter(hour -> !real.contains(hour))
                .forEach(hour -> invented.add(hour.resourceId() + " " + hour.metric()));
        int others = missing(whole.offers, faulty.offers)
                + missing(whole.commitments, faulty.commitments)
                + missing(whole.advice, faulty.advice)
                + missing(whole.texts.values(), faulty.texts.values());
        return new Difference(lost, changed, unmeasured, invented, others);
    }

    /** Without the marks of the fault itself, which describe no resource. */
    private static Map<String, List<Resource>> byId(Gathered gathered) {
        return gathered.resources.stream()
                .filter(resource -> !resource.attributes().containsKey("unread_metrics"))
                .collect(Collectors.groupingBy(Resource::resourceId, TreeMap::new, Collectors.toList()));
    }

    /** Without blanks. */
    private static String name(List<Resource> rows) {
        String id = rows.get(0).resourceId();
        return rows.stream()
                .map(Resource::name)
                .filter(name -> name != null)
                .findFirst()
                .orElse(id.substring(id.lastIndexOf('/') + 1))
                .replace(' ', '-');
    }

    private static int missing(Collection<?> before, Collection<?> after) {
        List<Object> missing = new ArrayList<>(before);
        after.forEach(missing::remove);
        return missing.size();
    }
}
