package io.aiaudit.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Remedy;
import io.aiaudit.model.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandAccountsTest {
    private static final Remedy STOP = new Remedy("Stop it.", "low", "none", "none", List.of("aws ec2 stop-instances"));

    private static Resource machine(String provider, String account) {
        return Resource.builder("i-" + account, "instance", provider)
                .account(account, "research\nrm -rf /")
                .build();
    }

    @Test
    void commands_of_an_audit_of_several_accounts_say_which_one_they_are_for() {
        Resource one = machine("aws", "111122223333");
        Resource other = machine("aws", "444455556666");
        assertThat(new CommandAccounts(List.of(one, other)).in(one, STOP).commands())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("# First check that 'aws sts get-caller-identity' shows account 111122223333. ")
                .doesNotContain("research", "\n");
        assertThat(new CommandAccounts(List.of(one, one)).in(one, STOP)).isSameAs(STOP);
    }

    @Test
    void a_command_that_names_its_account_and_a_number_that_is_none_get_no_comment() {
        Resource aws = machine("aws", "111122223333");
        Resource gcp = machine("gcp", "my-project");
        Resource odd = machine("aws", "1\nrm -rf /");
        CommandAccounts accounts = new CommandAccounts(List.of(aws, gcp, odd, machine("aws", "444455556666")));
        assertThat(accounts.in(gcp, STOP)).isSameAs(STOP);
        assertThat(accounts.in(odd, STOP)).isSameAs(STOP);
        assertThat(accounts.in(aws, null)).isNull();
    }
}
