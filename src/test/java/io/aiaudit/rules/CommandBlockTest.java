package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandBlockTest {
    private static final List<String> TEMPLATE = List.of(
            "# NAME is a new name, MODEL the id of {name}, {name} stays:",
            "create --name \"${NAME:?}\" --model \"${MODEL:?}\" --old {name} --size NAME",
            "SAVED=$(save {name})",
            "delete {name} --saved \"${SAVED:?}\" --unless \"${NAME:?}\"");

    private static List<String> lines(String rule, String resource, String name) {
        CommandBlock block = new CommandBlock(rule, resource);
        return block.withValuesToFillIn(ResourceCommand.fill(block.withOwnVariables(TEMPLATE), Map.of("name", name)));
    }

    @Test
    void the_variables_of_two_blocks_differ_and_each_value_that_only_the_reader_knows_has_a_line() {
        CommandBlock block = new CommandBlock("rule", "r-1");
        String name = block.variable("NAME");
        String model = block.variable("MODEL");
        String saved = block.variable("SAVED");

        assertThat(name).matches("NAME_[0-9a-f]{8}");
        assertThat(lines("rule", "r-1", "chat"))
                .containsExactly(
                        "# " + name + " is a new name, " + model + " the id of chat, chat stays:",
                        name + "='' " + model + "=''",
                        "create --name \"${" + name + ":?}\" --model \"${" + model + ":?}\" --old chat --size NAME",
                        saved + "=$(save chat)",
                        "delete chat --saved \"${" + saved + ":?}\" --unless \"${" + name + ":?}\"");
        assertThat(List.of(new CommandBlock("rule", "r-2"), new CommandBlock("other", "r-1")))
                .extracting(other -> other.variable("NAME"))
                .doesNotContain(name)
                .doesNotHaveDuplicates();
    }

    @Test
    void a_resource_that_is_called_like_a_variable_keeps_its_name() {
        assertThat(lines("rule", "r-1", "NAME")).anyMatch(line -> line.endsWith(" --old NAME --size NAME"));
        assertThat(lines("rule", "r-1", "${MODEL:?}")).anyMatch(line -> line.contains(" --old '${MODEL:?}' "));
    }

    @Test
    void a_file_of_one_block_is_none_of_another() {
        assertThat(new CommandBlock("rule", "r-1").fileName("chat"))
                .matches("chat-[0-9a-f]{8}")
                .isNotEqualTo(new CommandBlock("rule", "r-2").fileName("chat"))
                .isNotEqualTo(new CommandBlock("other", "r-1").fileName("chat"));
        assertThat(new CommandBlock("rule", "r-1").fileName(null)).isNull();
    }
}
