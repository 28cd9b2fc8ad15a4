package io.aiaudit.scan;

import io.aiaudit.model.Remedy;
import io.aiaudit.model.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Says before commands which account they are for, where an audit covers several and the command line cannot name one:
 * that of AWS acts in the account of its credentials. Which profile that is only the reader knows.
 */
final class CommandAccounts {
    /** Anything else could end the comment and begin a command. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{12}");

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

    /** {@code remedy} for a resource; null where there is none. */
    Remedy in(Resource resource, Remedy remedy) {
        if (remedy == null || remedy.commands().isEmpty() || !several || !isOfAccount(resource)) {
            return remedy;
        }
        List<String> commands = new ArrayList<>();
        commands.add("# First check that 'aws sts get-caller-identity' shows account " + resource.accountId()
                + ". Select it with AWS_PROFILE or --profile.");
        commands.addAll(remedy.commands());
        return remedy.withCommands(commands);
    }
}
