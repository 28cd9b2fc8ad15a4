package io.aiaudit.analysis;

import io.aiaudit.model.Finding;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Stops commands in the wrong account, where an audit covers several and the command line cannot name one: that of AWS
 * acts in the account of its credentials. Which profile that is only the reader knows.
 */
final class CommandAccounts {
    /** Anything else could end the comment and begin a command. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{12}");

    private static final Pattern CALL = Pattern.compile("(?<![\\w-])aws [a-z0-9-]+ ([a-z0-9-]+)");
    private static final Pattern READING = Pattern.compile("(?:batch-)?(?:describe|get|list)-.+|wait|ls");

    private final boolean several;

    CommandAccounts(Collection<Resource> resources) {
        this.several = resources.stream()
                        .filter(CommandAccounts::isOfAccount)
                        .map(Resource::accountId)
                        .distinct()
                        .count()
                > 1;
    }

    private static boolean isOfAccount(Resource resource) {
        return "aws".equals(resource.provider())
                && resource.accountId() != null
                && NUMBER.matcher(resource.accountId()).matches();
    }

    /** The remedy of {@code finding}, which is about {@code resource}; null where there is none. */
    Remedy in(Resource resource, Finding finding) {
        Remedy remedy = finding.remedy();
        if (remedy == null
                || !several
                || !isOfAccount(resource)
                || remedy.commands().stream().noneMatch(CommandAccounts::isCommand)) {
            return remedy;
        }
        String account = "aws sts get-caller-identity --query Account --output text";
        // In each line again: who pastes them may have changed the profile in between.
        String guard = account + " | grep -xF " + resource.accountId() + " && ";
        List<String> commands = new ArrayList<>();
        commands.add(
                "# For account " + resource.accountId() + " only: select it with AWS_PROFILE. The next line prints the "
                        + "account that you are in. Each command that makes changes checks it again, and does nothing "
                        + "in another one:");
        commands.add(account);
        remedy.commands().forEach(line -> commands.add(changes(line) ? guard + line : line));
        return remedy.withCommands(commands);
    }

    private static boolean isCommand(String line) {
        return !line.startsWith("#");
    }

    /** True where a call of AWS in the line may do more than to read. A name in it that looks like one does no harm. */
    private static boolean changes(String line) {
        return isCommand(line)
                && CALL.matcher(line)
                        .results()
                        .anyMatch(call -> !READING.matcher(call.group(1)).matches());
    }
}
