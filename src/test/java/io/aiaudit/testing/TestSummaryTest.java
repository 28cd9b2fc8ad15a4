package io.aiaudit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSummaryTest {
    @TempDir
    private Path folder;

    private void report(String... cases) throws IOException {
        Files.writeString(
                folder.resolve("TEST-x.xml"), "<testsuite name=\"x\">" + String.join("", cases) + "</testsuite>");
    }

    private static String test(String type, String name, String time, String inside) {
        return "<testcase classname=\"" + type + "\" name=\"" + name + "\" time=\"" + time + "\">" + inside
                + "</testcase>";
    }

    @Test
    void the_slowest_come_first_and_a_failure_is_one_line() throws IOException {
        report(
                test("a.FastTest", "quick", "0.1", ""),
                test("a.SlowTest", "whole scan", "1,002.5", ""),
                test("a.WrongTest", "sum", "0.2", "<failure message=\"&#10;expected: 3&#10; but was: 4&#10;\"/>"));

        assertThat(TestSummary.lines(TestSummary.read(folder)))
                .containsExactly(
                        "3 tests took 1,003 s; the slowest 3:",
                        "  1002.5 s  SlowTest.whole scan",
                        "     0.2 s  WrongTest.sum",
                        "     0.1 s  FastTest.quick",
                        "FAILED WrongTest.sum: expected: 3 but was: 4");
    }

    @Test
    void what_was_skipped_is_reported_once_for_each_way_to_get_it() throws IOException {
        report(
                test("a.A", "one", "0", "<skipped message=\"needs zsh: apt-get install zsh\"/>"),
                test("a.A", "two", "0", "<skipped message=\"needs jq: apt-get install jq\"/>"),
                test(
                        TestSummaryTest.class.getName(),
                        "",
                        "0",
                        "<skipped message=\"needs azurite-blob: npm install --global azurite@1\"/>"),
                test("a.A", "four", "0", "<skipped message=\"needs ../shared/data/x.csv, which is not there\"/>"));

        assertThat(TestSummary.lines(TestSummary.read(folder)))
                .filteredOn(line -> line.startsWith("skipped"))
                .containsExactly(
                        "skipped: 1 test needs ../shared, sample data that is not published with the project",
                        "skipped: 2 tests need jq, zsh: apt-get install jq zsh",
                        "skipped: 5 tests need azurite-blob: npm install --global azurite@1");
    }

    @Test
    void a_reason_at_the_head_of_a_trace_is_one_too() throws IOException {
        report(
                test(
                        "a.A",
                        "one",
                        "0",
                        "<skipped type=\"org.opentest4j.TestAbortedException\"><![CDATA[org.opentest4j.TestAbortedEx"
                                + "ception: needs zsh: apt-get install zsh\n\tat x.Y.z(Y.java:1)\n]]></skipped>"),
                test("a.A", "two", "0", "<error type=\"java.lang.StackOverflowError\"/>"));

        assertThat(TestSummary.lines(TestSummary.read(folder)))
                .contains(
                        "skipped: 1 test needs zsh: apt-get install zsh", "FAILED A.two: java.lang.StackOverflowError");
    }

    @Test
    void the_longest_classes_are_reported_with_all_that_the_others_took() throws IOException {
        Files.writeString(folder.resolve("a.Long"), "61230\n");
        Files.writeString(folder.resolve("a.Short"), "40\n");

        assertThat(TestSummary.longest(ProcessorTimes.read(folder)))
                .containsExactly(
                        "processor time of 2 classes: 61 s; the dearest 2:", "    61.2 s  Long", "     0.0 s  Short");
        assertThat(TestSummary.longest(ProcessorTimes.read(folder.resolve("none"))))
                .isEmpty();
    }

    @Test
    void no_report_is_no_failure() throws IOException {
        assertThat(TestSummary.read(folder.resolve("none"))).isEmpty();
    }
}
