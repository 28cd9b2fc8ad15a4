package io.aiaudit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.Answer;
import io.aiaudit.model.Ask;
import io.aiaudit.model.PolicyLine;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.YamlReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final Resource PROD = Resource.builder(
                    "arn:aws:sagemaker:eu-west-1:1:endpoint/chat", "inference_endpoint", "aws")
            .accountId("1")
            .accountName("payments")
            .name("chat")
            .tags(Map.of("env", "prod"))
            .build();

    private static Policy policy(String... lines) {
        return Policy.of(YamlReader.parse("aiaudit.yaml", String.join("\n", lines)));
    }

    private static Lineage alone(Resource resource) {
        return Lineage.of(resource, Map.of());
    }

    /** A variant of PROD, on which the money is. */
    private static final Resource PART = Resource.builder(PROD.resourceId() + "/variant/a", "inference_endpoint", "aws")
            .accountId("1")
            .accountName("payments")
            .name("a")
            .parentId(PROD.resourceId())
            .build();

    private static ResourcePolicy ofPart(String... lines) {
        return policy(lines).of(Lineage.of(PART, Map.of(PROD.resourceId(), PROD, PART.resourceId(), PART)));
    }

    @Test
    void a_decision_about_a_whole_holds_for_its_parts_key_by_key() {
        ResourcePolicy byName = ofPart("- match: {resource: chat}", "  standby: true", "  latency_target_ms: 500");
        assertThat(byName.standby()).isTrue();
        assertThat(byName.latencyTargetMs()).isEqualTo(500);
        assertThat(byName.decidedBy()).containsEntry("standby", new PolicyLine("aiaudit.yaml:2", "resource chat"));
        assertThat(ofPart("- match: {resource_id: \"" + PROD.resourceId() + "\"}", "  quality: no")
                        .answer(Ask.QUALITY))
                .isEqualTo(Answer.NO);
        assertThat(ofPart("- match: {tag: env=prod}", "  environment: prod").environment())
                .isEqualTo("prod");
        assertThat(ofPart("- match: {resource: other}", "  standby: true").standby())
                .isFalse();
        assertThat(policy("- match: {resource: a}", "  standby: true")
                        .of(Lineage.of(PROD, Map.of(PART.resourceId(), PART)))
                        .standby())
                .as("a decision about a part is none about the whole")
                .isFalse();
    }

    @Test
    void a_decision_about_a_part_wins_over_its_whole_and_both_over_those_about_all_before() {
        String whole = "- {match: {resource: chat}, standby: true}";
        String part = "- {match: {resource: a}, standby: false}";
        assertThat(ofPart(whole, part).standby()).isFalse();
        assertThat(ofPart(part, whole).standby()).isFalse();
        assertThat(ofPart("- standby: false", whole).standby()).isTrue();
        assertThat(ofPart(whole, "- standby: false").standby())
                .as("the later entry is about both")
                .isFalse();
        assertThat(ofPart("- {match: {resource: a}, latency: yes}", "- standby: false", whole)
                        .standby())
                .as("the entry of the part says nothing of this key")
                .isTrue();
    }

    @Test
    void a_tag_of_the_part_wins_over_that_of_its_whole() {
        Resource tagged = PART.withTags(Map.of("env", "dev"));
        assertThat(policy("- match: {tag: env=prod}", "  interruption: yes")
                        .of(Lineage.of(tagged, Map.of(PROD.resourceId(), PROD)))
                        .answer(Ask.INTERRUPTION))
                .isEqualTo(Answer.UNSPECIFIED);
    }

    @Test
    void a_part_is_undecided_where_tags_of_its_whole_that_could_not_be_read_decide() {
        Resource unread = PROD.withTags(Map.of()).withAttributes(Map.of(Resource.UNREAD_TAGS, "true"));
        Lineage lineage = Lineage.of(PART, Map.of(PROD.resourceId(), unread));
        assertThat(policy("- match: {tag: env=prod}", "  latency: no")
                        .of(lineage)
                        .undecided())
                .isEqualTo("aiaudit.yaml:1 (tag env=prod)");
    }

    @Test
    void wholes_in_a_circle_end() {
        Resource circle = PROD.withParentId(PART.resourceId());
        Map<String, Resource> both = Map.of(PROD.resourceId(), circle, PART.resourceId(), PART);
        assertThat(policy("- match: {resource: chat}", "  owner: x")
                        .of(Lineage.of(PART, both))
                        .owner())
                .isEqualTo("x");
    }

    @Test
    void a_later_entry_wins_key_by_key_and_every_key_says_its_line() {
        ResourcePolicy text = policy(
                        "- latency: yes",
                        "  owner: platform",
                        "- match: {tag: env=prod}",
                        "  latency: no",
                        "  allowed_regions: [eu-west-1]")
                .of(alone(PROD));
        assertThat(text.answer(Ask.LATENCY)).isEqualTo(Answer.NO);
        assertThat(text.owner()).isEqualTo("platform");
        assertThat(text.allowedRegions()).containsExactly("eu-west-1");
        assertThat(text.decidedBy())
                .containsEntry("latency", new PolicyLine("aiaudit.yaml:4", "tag env=prod"))
                .containsEntry("owner", new PolicyLine("aiaudit.yaml:2", "default"));
    }

    @Test
    void an_owner_has_no_blanks_around_and_one_space_for_blanks_of_any_kind() {
        assertThat(policy("- owner: \"  Data\\t\\u00a0 Platform \"")
                        .of(alone(PROD))
                        .owner())
                .isEqualTo("Data Platform");
        assertThat(policy("- owner: \"\\u00a0\"").of(alone(PROD)).owner()).isNull();
    }

    @Test
    void who_has_no_owner_in_the_policy_belongs_to_the_one_in_its_tags() {
        Resource tagged = Resource.builder("i-1", "instance", "aws")
                .tags(Map.of("Owner", "vision"))
                .build();
        assertThat(policy("- latency: yes").of(alone(tagged)).owner()).isEqualTo("vision");
        assertThat(policy("- owner: platform").of(alone(tagged)).owner()).isEqualTo("platform");
        assertThat(policy("- latency: yes").of(alone(PROD)).owner()).isNull();
    }

    /** The one with the tag may say no; that of another account says nothing about it. */
    @Test
    void an_entry_that_depends_on_tags_that_could_not_be_read_is_undecided() {
        Resource unread = Resource.builder("i-1", "instance", "aws")
                .accountId("1")
                .accountName("payments")
                .attributes(Map.of(Resource.UNREAD_TAGS, "true"))
                .build();
        assertThat(policy("- latency: yes", "- match: {tag: env=prod}", "  latency: no")
                        .of(alone(unread))
                        .undecided())
                .isEqualTo("aiaudit.yaml:2 (tag env=prod)");
        assertThat(policy("- match: {tag: env=prod, account: other}", "  latency: no")
                        .of(alone(unread))
                        .undecided())
                .isNull();
        assertThat(policy("- match: {tag: env=dev}", "  latency: no")
                        .of(alone(PROD))
                        .undecided())
                .isNull();
    }

    @Test
    void what_is_not_written_is_unspecified() {
        ResourcePolicy text =
                policy("- match: {tag: env=dev}", "  interruption: yes").of(alone(PROD));
        assertThat(text).isEqualTo(ResourcePolicy.UNSPECIFIED);
        assertThat(text.answer(Ask.INTERRUPTION)).isEqualTo(Answer.UNSPECIFIED);
    }

    @Test
    void unspecified_is_also_read_as_it_was_written_before() {
        assertThat(policy("- latency: yes", "- {match: {tag: env=prod}, latency: untold}")
                        .of(alone(PROD))
                        .answer(Ask.LATENCY))
                .isEqualTo(Answer.UNSPECIFIED);
        assertThat(policy("- commitment: unspecified").of(alone(PROD)).answer(Ask.COMMITMENT))
                .isEqualTo(Answer.UNSPECIFIED);
        assertThat(policy("- commitment: yes").of(alone(PROD)).answer(Ask.COMMITMENT))
                .isEqualTo(Answer.YES);
    }

    @Test
    void an_entry_matches_by_name_id_account_and_tag_and_all_of_them_have_to_hold() {
        assertThat(owner("{resource: \"cha?\"}")).isEqualTo("x");
        assertThat(owner("{resource: \"arn:aws:*/chat\"}")).isEqualTo("x");
        assertThat(owner("{account: pay*}")).isEqualTo("x");
        assertThat(owner("{account: \"1\", tag: \"env=*\"}")).isEqualTo("x");
        assertThat(owner("{account: \"1\", tag: \"env=dev\"}")).isNull();
    }

    private static String owner(String match) {
        return policy("- match: " + match, "  owner: x").of(alone(PROD)).owner();
    }

    @Test
    void an_exact_id_is_no_pattern() {
        Resource odd =
                Resource.builder("*?\"\\{x}", "inference_endpoint", "aws").build();
        String match = "{resource_id: \"*?\\\"\\\\{x}\"}";
        assertThat(policy("- match: " + match, "  owner: x").of(alone(odd)).owner())
                .isEqualTo("x");
        assertThat(owner(match)).as("another resource").isNull();
        assertThat(owner("{resource_id: \"*\"}")).isNull();
        assertThat(owner("{resource_id: chat}")).as("a name is no id").isNull();
        assertThat(owner("{resource_id: \"" + PROD.resourceId() + "\"}")).isEqualTo("x");
    }

    @Test
    void true_and_false_answer_like_yes_and_no() {
        assertThat(policy("- quality: true").of(alone(PROD)).answer(Ask.QUALITY))
                .isEqualTo(Answer.YES);
        assertThat(policy("- quality: false").of(alone(PROD)).answer(Ask.QUALITY))
                .isEqualTo(Answer.NO);
    }

    @Test
    void an_entry_that_matches_nothing_is_a_warning_with_its_line() {
        assertThat(warnings("- match: {resource: chatt}", "  latency: yes"))
                .containsExactly(
                        "aiaudit.yaml:1: this entry of the policy (resource chatt) matches no resource of this scan.");
        assertThat(warnings("- match: {tag: env=dev}", "  latency: yes")).hasSize(1);
        assertThat(warnings("- latency: yes", "- match: {account: \"2\"}", "  quality: no"))
                .containsExactly(
                        "aiaudit.yaml:2: this entry of the policy (account 2) matches no resource of this scan.");
        assertThat(warnings("- match: {resource: chat}", "  latency: yes"))
                .as("near miss")
                .isEmpty();
        assertThat(policy("- match: {resource: x}", "  latency: yes").warnings(java.util.List.of()))
                .as("nothing was read")
                .isEmpty();
    }

    @Test
    void a_line_that_later_entries_undo_wherever_it_holds_is_a_warning() {
        assertThat(warnings("- match: {resource: chat}", "  latency: yes", "- latency: no"))
                .containsExactly("aiaudit.yaml:2: latency: yes (resource chat) has no effect, since later entries say "
                        + "otherwise, the last at aiaudit.yaml:3.");
        assertThat(warnings(
                        "- owner: a",
                        "- match: {tag: env=prod}",
                        "  owner: b",
                        "- match: {tag: \"env=*\"}",
                        "  owner: c"))
                .hasSize(2);
        assertThat(warnings("- allowed_regions: [eu-west-1]", "- allowed_regions: [eu-west-1, eu-west-2]"))
                .hasSize(1);
        assertThat(warnings("- latency: yes", "- latency: yes"))
                .as("the same twice undoes nothing")
                .isEmpty();
        assertThat(policy("- latency: yes", "- match: {resource: chat}", "  latency: no")
                        .warnings(java.util.List.of(
                                PROD,
                                Resource.builder("other", "instance", "aws").build())))
                .as("it holds for the other")
                .isEmpty();
    }

    private static java.util.List<String> warnings(String... lines) {
        return policy(lines).warnings(java.util.List.of(PROD));
    }

    @Test
    void mistakes_are_reported_with_line_and_what_was_meant() {
        refuses("unknown key \"latancy\". Did you mean \"latency\"?", "- latancy: yes");
        refuses("expected yes, no or unspecified, found \"maybe\"", "- latency: maybe");
        refuses(
                "there is no time zone \"Europe/Berlim\". Did you mean \"Europe/Berlin\"?",
                "- timezone: Europe/Berlim");
        refuses("\"Christmas\" is not a period of days", "- excluded_periods: [Christmas]");
        refuses("expected a tag as name=value, found \"prod\"", "- match: {tag: prod}");
        refuses("unknown key \"tags\". Did you mean \"tag\"?", "- match: {tags: env=prod}");
        refuses("expected milliseconds above 0", "- latency_target_ms: 0");
        refuses("expected true or false", "- standby: yes please");
        refuses("expected true or false", "- checkpointed: s3");
        refuses("expected a share from 0 to 1, found 2", "- quality_tolerance: 2");
    }

    @Test
    void checkpoints_and_a_tolerance_are_reported_or_unknown() {
        ResourcePolicy text =
                policy("- checkpointed: false", "  quality_tolerance: 0.02").of(alone(PROD));
        assertThat(text.checkpointed()).isFalse();
        assertThat(text.qualityTolerance()).isEqualTo(0.02);
        assertThat(ResourcePolicy.UNSPECIFIED.checkpointed()).isNull();
        assertThat(ResourcePolicy.UNSPECIFIED.qualityTolerance()).isNull();
    }

    private static void refuses(String message, String line) {
        assertThatThrownBy(() -> policy(line))
                .hasMessageContaining("aiaudit.yaml:1: ")
                .hasMessageContaining(message);
    }
}
