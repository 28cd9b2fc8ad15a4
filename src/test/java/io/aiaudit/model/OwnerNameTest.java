package io.aiaudit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnerNameTest {
    @Test
    void blanks_of_any_kind_are_one_space_and_none_at_the_ends() {
        assertThat(OwnerName.of("\u00a0 Data\t\u2009Platform\n")).isEqualTo("Data Platform");
        assertThat(OwnerName.of(" \u3000\u200b")).isNull();
        assertThat(OwnerName.of(null)).isNull();
    }

    @Test
    void two_owners_are_one_where_only_the_case_or_the_form_of_a_letter_differs() {
        assertThat(OwnerName.key("M\u00dcLLER  Team")).isEqualTo(OwnerName.key("Mu\u0308ller team"));
        assertThat(OwnerName.key("Data-Team")).isNotEqualTo(OwnerName.key("data team"));
    }

    @Test
    void one_spelling_of_each_is_used_for_all_whatever_their_order() {
        List<String> owners = Arrays.asList("data team", "Data Team", "DATA team", "search", null);
        assertThat(owners.stream().map(OwnerName.oneSpelling(owners)))
                .containsExactly("DATA team", "DATA team", "DATA team", "search", null);
    }
}
