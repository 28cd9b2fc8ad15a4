package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ViewTest {
    @Test
    void what_is_to_be_typed_is_code_and_everything_else_is_harmless() {
        assertThat(View.prose("Set `latency: yes` for it.")).hasToString("Set <code>latency: yes</code> for it.");
        assertThat(View.prose("No `word")).hasToString("No `word");
        assertThat(View.prose("`<b>` & \"x\" 'y'"))
                .hasToString("<code>&lt;b&gt;</code> &amp; &quot;x&quot; &#39;y&#39;");
    }
}
