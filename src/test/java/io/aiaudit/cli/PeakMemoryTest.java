package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a scan says of the memory that it took. */
class PeakMemoryTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void it_is_what_the_system_keeps_of_the_process() throws Exception {
        long now = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
        String line = PeakMemory.line(0);
        assertThat(line).matches("Peak memory [0-9.]+ [MG]iB; nothing spilled to disk\\.");
        double reported = Double.parseDouble(line.split(" ")[2]);
        assertThat(line.contains("GiB") ? reported * 1024 : reported).isGreaterThan(now * 0.9);
    }

    @Test
    void it_is_printed_where_something_was_spilled_and_else_only_to_whoever_debugs() {
        assertThat(printed(0, false)).isEmpty();
        assertThat(printed(0, true)).contains("debug: ", "Peak memory ");
        assertThat(printed(3L << 29, false)).startsWith("Peak memory ").contains("1.5 GiB spilled to disk");
    }

    private static String printed(long spilledBytes, boolean debugging) {
        StringWriter err = new StringWriter();
        Console console = Console.of(new PrintWriter(new StringWriter()), new PrintWriter(err));
        PeakMemory.say(spilledBytes, debugging ? console.inDebug() : console);
        return err.toString();
    }

    @Test
    void what_was_spilled_comes_with_what_to_do() {
        assertThat(PeakMemory.line(3L << 29)).endsWith("; 1.5 GiB spilled to disk; a higher --memory-limit is faster.");
        assertThat(PeakMemory.size(300 << 20)).isEqualTo("300 MiB");
    }
}
