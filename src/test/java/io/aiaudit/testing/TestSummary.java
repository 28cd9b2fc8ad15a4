package io.aiaudit.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * What a build says of its tests at the end, from the reports in these folders: the slowest, the skipped and the
 * failed.
 */
public final class TestSummary {
    private static final int SLOWEST = 20;
    private static final int LONGEST = 40;
    private static final int LONGEST_MESSAGE = 500;
    private static final Pattern PACKAGE = Pattern.compile("needs (.+): apt-get install (.+)");
    private static final Pattern COMMAND = Pattern.compile("needs (.+): (npm install .+)");
    private static final Pattern DATA = Pattern.compile("needs (\\.\\./shared)/.*", Pattern.DOTALL);

    /** A test of a report; of a class that was skipped as a whole, the name is empty. */
    record Result(String type, String name, double seconds, String failure, String skipped) {
        String label() {
            String simple = type.substring(type.lastIndexOf('.') + 1);
            return name.isEmpty() ? simple : simple + "." + name;
        }

        long tests() {
            return name.isEmpty() ? Math.max(1, testsOf(type)) : 1;
        }
    }

    private TestSummary() {}

    /** Called by the build; the arguments are folders. */
    public static void main(String[] folders) throws IOException {
        List<Result> results = new ArrayList<>();
        for (String folder : folders) {
            results.addAll(read(Path.of(folder)));
        }
        if (!results.isEmpty()) {
            lines(results).forEach(System.out::println);
            longest(ProcessorTimes.read(ProcessorTimes.FOLDER)).forEach(System.out::println);
        }
    }

    /**
     * The classes of tests that took most of the processors, with the processes that they started; nothing where nobody
     * measured.
     */
    static List<String> longest(Map<String, Duration> times) {
        List<String> lines = new ArrayList<>();
        if (!times.isEmpty()) {
            Duration all = times.values().stream().reduce(Duration.ZERO, Duration::plus);
            lines.add(String.format(
                    Locale.ROOT,
                    "processor time of %,d classes: %,d s; the dearest %d:",
                    times.size(),
                    all.toSeconds(),
                    Math.min(LONGEST, times.size())));
            times.entrySet().stream()
                    .sorted(Map.Entry.<String, Duration>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(LONGEST)
                    .forEach(entry -> lines.add(String.format(
                            Locale.ROOT,
                            "%8.1f s  %s",
                            entry.getValue().toMillis() / 1000.0,
                            entry.getKey().substring(entry.getKey().lastIndexOf('.') + 1))));
        }
        return lines;
    }

    static List<Result> read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Result> results = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().matches("TEST-.*\\.xml"))
                    .sorted()
                    .toList()) {
                results.addAll(report(file));
            }
        }
        return results;
    }

    private static List<Result> report(Path file) throws IOException {
        List<Result> results = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader xml = XMLInputFactory.newFactory().createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "testcase" ->
                        results.add(new Result(
                                xml.getAttributeValue(null, "classname"),
                                xml.getAttributeValue(null, "name"),
                                Double.parseDouble(
                                        xml.getAttributeValue(null, "time").replace(",", "")),
                                null,
                                null));
                    case "failure", "error" -> results.add(failed(results.remove(results.size() - 1), message(xml)));
                    case "skipped" -> results.add(skipped(results.remove(results.size() - 1), message(xml)));
                    default -> {
                        // output and reruns say nothing about the verdict
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException("cannot read " + file, e);
        }
        return results;
    }

    private static Result failed(Result test, String message) {
        return new Result(test.type(), test.name(), test.seconds(), message, null);
    }

    private static Result skipped(Result test, String message) {
        return new Result(test.type(), test.name(), test.seconds(), test.failure(), message);
    }

    /** Where Failsafe gives no message, it is at the head of the trace, after the name of the exception. */
    private static String message(XMLStreamReader xml) throws XMLStreamException {
        String message = xml.getAttributeValue(null, "message");
        if (message != null) {
            return message;
        }
        String type = String.valueOf(xml.getAttributeValue(null, "type"));
        String head = xml.getElementText().strip().lines().findFirst().orElse("");
        String output = head.startsWith(type + ": ") ? head.substring(type.length() + 2) : head;
        return output.isEmpty() ? type : output;
    }

    static List<String> lines(List<Result> results) {
        List<String> lines = new ArrayList<>();
        List<Result> slow = results.stream()
                .sorted(Comparator.comparingDouble(Result::seconds).reversed())
                .limit(SLOWEST)
                .toList();
        double sum = results.stream().mapToDouble(Result::seconds).sum();
        lines.add(String.format(
                Locale.ROOT, "%,d tests took %,.0f s; the slowest %d:", results.size(), sum, slow.size()));
        slow.forEach(test -> lines.add(String.format(Locale.ROOT, "%8.1f s  %s", test.seconds(), test.label())));
        lines.addAll(skipped(results));
        results.stream()
                .filter(test -> test.failure() != null)
                .map(test -> "FAILED " + test.label() + ": " + oneLine(test.failure()))
                .forEach(lines::add);
        return lines;
    }

    /** A line for each way to get what is missing. */
    private static List<String> skipped(List<Result> results) {
        Map<String, List<Result>> byMeans = results.stream()
                .filter(test -> test.skipped() != null)
                .collect(Collectors.groupingBy(test -> means(test.skipped()), TreeMap::new, Collectors.toList()));
        return byMeans.entrySet().stream()
                .map(entry -> "skipped: " + line(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String means(String message) {
        if (PACKAGE.matcher(message).matches()) {
            return "apt-get install";
        }
        if (COMMAND.matcher(message).matches()) {
            return message;
        }
        return DATA.matcher(message).matches() ? "../shared" : "other: " + message;
    }

    private static String line(String means, Collection<Result> tests) {
        long count = tests.stream().mapToLong(Result::tests).sum();
        String skipped = count + (count == 1 ? " test needs " : " tests need ");
        Matcher command = COMMAND.matcher(means);
        if (means.equals("apt-get install")) {
            return skipped + distinct(tests, PACKAGE, 1, ", ") + ": apt-get install "
                    + distinct(tests, PACKAGE, 2, " ");
        }
        if (command.matches()) {
            return skipped + command.group(1) + ": " + command.group(2);
        }
        return means.equals("../shared")
                ? skipped + "../shared, sample data that is not published with the project"
                : count + (count == 1 ? " test: " : " tests: ") + oneLine(means.substring("other: ".length()));
    }

    private static String distinct(Collection<Result> tests, Pattern pattern, int group, String separator) {
        return tests.stream()
                .map(test -> pattern.matcher(test.skipped()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(group))
                .flatMap(text -> group == 2 ? Arrays.stream(text.split(" ")) : Stream.of(text))
                .collect(Collectors.collectingAndThen(
                        Collectors.toCollection(TreeSet::new), names -> String.join(separator, names)));
    }

    private static String oneLine(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
    }

    /** How many tests a class has that was not even begun; a test with many parameters counts once. */
    private static long testsOf(String type) {
        try {
            Class<?> found = Class.forName(type, false, TestSummary.class.getClassLoader());
            return AnnotationSupport.findAnnotatedMethods(found, Testable.class, HierarchyTraversalMode.TOP_DOWN)
                    .size();
        } catch (ClassNotFoundException e) {
            return 1;
        }
    }
}
