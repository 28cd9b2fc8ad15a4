package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.ResourceIds;
import java.util.List;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;

/** The form in Java and the form in SQL are one function. */
class CanonicalIdsTest {
    private static Sql sql;

    @BeforeContainer
    static void open() {
        sql = Sql.open("", new Properties());
        sql.execute(ResourceIds.sqlMacro());
    }

    @AfterContainer
    static void close() {
        sql.close();
    }

    @Provide
    Arbitrary<String> ids() {
        Arbitrary<String> pieces = Arbitraries.of(
                "arn:aws:ec2:",
                "arn:aws-cn:ec2:",
                "eu-west-1:",
                "123:",
                "instance/",
                "volume/",
                "i-0aF",
                "vol-9",
                ":",
                "/",
                "//",
                "///",
                "/subscriptions/",
                "/Subscriptions/",
                "https://www.googleapis.com/compute/v1/",
                "https://compute.googleapis.com/compute/beta/",
                "projects/p/zones/z/instances/1",
                "//compute.googleapis.com/",
                " ",
                "\t",
                "\n",
                "\r",
                "\u00a0",
                "\u2028",
                "İ",
                "ß",
                "Å",
                "X",
                "",
                "'",
                "\\",
                "$",
                "%");
        Arbitrary<String> anything = Arbitraries.strings()
                .ofMaxLength(8)
                .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c) || c == 0));
        return Arbitraries.oneOf(pieces, anything).list().ofMaxSize(7).map(parts -> String.join("", parts));
    }

    @Property(tries = 2000)
    void java_and_sql_agree(@ForAll("ids") String id) {
        assertThat(sql.value("SELECT canonical_id(?::VARCHAR)", id)).isEqualTo(ResourceIds.canonical(id));
    }

    @Property(tries = 500)
    void a_canonical_id_is_its_own(@ForAll("ids") String id) {
        String once = ResourceIds.canonical(id);
        assertThat(ResourceIds.canonical(once)).isEqualTo(once);
    }

    @Test
    void each_cloud_has_its_form() {
        assertThat(List.of(
                        ResourceIds.canonical("arn:aws:ec2:eu-west-1:1:instance/i-0a"),
                        ResourceIds.canonical(" i-0a\n"),
                        ResourceIds.canonical("arn:aws:sagemaker:eu-west-1:1:endpoint/Chat"),
                        ResourceIds.canonical("/Subscriptions/AB/resourceGroups/G"),
                        ResourceIds.canonical("/subscriptions/ab/resourceGroups/G/ "),
                        ResourceIds.canonical("/subscriptions/ab/resourceGroups/G /"),
                        ResourceIds.canonical("https://www.googleapis.com/compute/v1/projects/p/zones/z/instances/1"),
                        ResourceIds.canonical("//aiplatform.googleapis.com/projects/P/endpoints/1")))
                .containsExactly(
                        "i-0a",
                        "i-0a",
                        "arn:aws:sagemaker:eu-west-1:1:endpoint/Chat",
                        "/subscriptions/ab/resourcegroups/g",
                        "/subscriptions/ab/resourcegroups/g",
                        "/subscriptions/ab/resourcegroups/g",
                        "//compute.googleapis.com/projects/p/zones/z/instances/1",
                        "//aiplatform.googleapis.com/projects/P/endpoints/1");
        assertThat(ResourceIds.canonical(null)).isNull();
        assertThat(ResourceIds.canonical(" \t")).isNull();
    }
}
