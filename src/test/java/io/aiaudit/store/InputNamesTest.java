package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names of brought files, of which no folder above the files can be seen. */
class InputNamesTest {
    private static final Path HERE = Path.of("/home/joe/work");

    private static List<String> names(String... paths) {
        FileSet set = new FileSet(
                FileSet.Content.BILLING,
                paths[0],
                Stream.of(paths).map(Path::of).toList(),
                Set.of());
        FileSet given = InputNames.of(List.of(set), HERE).given(set);
        return given.files().stream().map(given::name).toList();
    }

    @Test
    void a_relative_path_stays_as_it_was_written() {
        assertThat(names("in/bill.csv", "./bill.csv")).containsExactly("in/bill.csv", "./bill.csv");
    }

    @Test
    void a_relative_path_that_leaves_the_working_folder_is_named_as_an_absolute_one() {
        assertThat(names("../acme/bill.csv")).containsExactly("bill.csv");
        assertThat(names("../acme/bills/06.csv", "../../usage.csv", "a.csv"))
                .containsExactly("joe/acme/bills/06.csv", "usage.csv", "a.csv");
        assertThat(names("../acme/bills/06.csv", "/home/joe/acme/usage.csv"))
                .containsExactly("bills/06.csv", "usage.csv");
        assertThat(names("in/../../work/bill.csv")).containsExactly("bill.csv");
    }

    @Test
    void what_is_reported_of_a_path_upwards_has_the_same_name() {
        Path part = Path.of("../acme/run/part.csv");
        Gap gap = new Gap("files", "../acme/run/m.json", "../acme/run/part.csv is missing.", "Copy it.");
        FileSet set = new FileSet(
                FileSet.Content.BILLING,
                "../acme/run/*.csv",
                List.of(part),
                Set.of(),
                "../acme/run",
                Map.of(part, "../acme/run/m.json"),
                List.of(gap),
                Map.of());
        FileSet given = InputNames.of(List.of(set), HERE).given(set);
        assertThat(given.label()).isEqualTo("*.csv");
        assertThat(given.argument()).isEqualTo("run");
        assertThat(given.runs()).containsValue("m.json");
        assertThat(given.gaps()).containsExactly(new Gap("files", "m.json", "part.csv is missing.", "Copy it."));
    }

    @Test
    void below_the_working_folder_a_name_is_relative_to_it() {
        assertThat(names("/home/joe/work/in/bill.csv")).containsExactly("in/bill.csv");
    }

    @Test
    void elsewhere_names_begin_in_the_folder_that_holds_all_files() {
        assertThat(names("/data/acme/bill.csv")).containsExactly("bill.csv");
        assertThat(names("/data/acme/bills/06.csv", "/data/acme/usage.csv", "/home/joe/work/a.csv"))
                .containsExactly("bills/06.csv", "usage.csv", "a.csv");
        assertThat(names("/data/a.csv", "/mnt/a.csv")).containsExactly("data/a.csv", "mnt/a.csv");
    }

    @Test
    void what_is_reported_of_files_has_their_names() {
        Path part = Path.of("/data/acme/run/part.csv");
        Gap gap = new Gap("files", "/data/acme/run/m.json", "/data/acme/run/part.csv is missing.", "Copy it.");
        FileSet set = new FileSet(
                FileSet.Content.BILLING,
                "/data/acme/run",
                List.of(part),
                Set.of(),
                "/data/acme/run",
                Map.of(part, "/data/acme/run/m.json"),
                List.of(gap),
                Map.of());
        FileSet given = InputNames.of(List.of(set), HERE).given(set);
        assertThat(given.argument()).isEqualTo("run");
        assertThat(given.runs()).containsValue("m.json");
        assertThat(given.gaps()).containsExactly(new Gap("files", "m.json", "part.csv is missing.", "Copy it."));
    }
}
