package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.ACCOUNT;
import static io.aiaudit.collect.Frequency.ONCE;
import static io.aiaudit.collect.Operation.SCOPE;
import static io.aiaudit.collect.aws.AwsService.EC2;

import io.aiaudit.collect.AccountLists;
import io.aiaudit.collect.aws.AwsOperation.Grant;
import io.aiaudit.model.Gap;
import io.aiaudit.model.UserError;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * Which accounts and regions are read, and how each account is entered: the caller's own with its credentials, others
 * through the audit role.
 */
final class AwsAccounts {
    static final List<AwsOperation> OPERATIONS = List.of(
            AwsService.of("Sts", "sts", StsClient.class, StsClient::builder)
                    .operation("GetCallerIdentity", ONCE, SCOPE)
                    .permission("")
                    .untried(),
            AwsService.of("Sts", "sts", StsClient.class, StsClient::builder)
                    .operation("AssumeRole", ACCOUNT, SCOPE)
                    .granted(Grant.ROLE)
                    .untried(),
            AwsService.of("Organizations", "organizations", OrganizationsClient.class, OrganizationsClient::builder)
                    .operation("ListAccounts", ONCE, SCOPE)
                    .granted(Grant.ORGANIZATION)
                    .untried(),
            EC2.operation("DescribeRegions", ACCOUNT, SCOPE).untried());

    private final AwsClients clients;
    private final AwsScope scope;
    private final String firstRegion = firstRegion();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Map<String, List<String>> switchedOn = new ConcurrentHashMap<>();
    private volatile List<String> found = List.of();
    private volatile List<String> absent = List.of();
    private volatile String caller;
    private volatile String partition;

    AwsAccounts(AwsClients clients, AwsScope scope) {
        this.clients = clients;
        this.scope = scope;
    }

    /** AWS_REGION or the profile's: only where the first calls go. */
    private static String firstRegion() {
        try {
            return new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                    .getRegion()
                    .id();
        } catch (SdkClientException e) {
            return Region.US_EAST_1.id(); // none is set
        }
    }

    /**
     * The accounts to read, by number, and those that were named and are not there: {@link #regions} fails for them.
     */
    List<String> find(Consumer<Gap> unread) {
        GetCallerIdentityResponse identity = clients.sts(firstRegion).getCallerIdentity();
        caller = identity.account();
        partition = identity.arn().split(":")[1];
        List<String> accounts = scope.organization() ? ofOrganization(unread) : own();
        accounts.stream().filter(account -> !account.equals(caller)).forEach(this::assumeRole);
        found = List.copyOf(accounts);
        absent = scope.accounts().stream()
                .filter(account -> !found.contains(account))
                .distinct()
                .toList();
        return Stream.concat(found.stream(), absent.stream()).toList();
    }

    private List<String> own() {
        return scope.accounts().isEmpty() ? List.of(caller) : scope.accounts();
    }

    /** Where the list of accounts breaks off, those that are named are entered whether or not they are in it. */
    private List<String> ofOrganization(Consumer<Gap> unread) {
        OrganizationsClient organizations =
                clients.of(OrganizationsClient.class, OrganizationsClient::builder, caller, homeRegion());
        Map<String, String> active = new TreeMap<>();
        AccountLists lists = new AccountLists("aws", AwsFailure::explain);
        boolean whole = lists.<Account>each(
                "accounts of the organization",
                each -> organizations.listAccountsPaginator(request -> request.maxResults(20)).stream()
                        .forEach(page -> page.accounts().forEach(each)),
                account -> {
                    if (mayBeCharged(account) && account.id() != null) {
                        active.put(account.id(), account.name());
                    }
                });
        lists.finish(false, scope.accounts().isEmpty() ? unread : gap -> {});
        if (active.isEmpty()) {
            throw new UserError(
                    "the account " + caller + " is not in an organization or can't list its active accounts.",
                    "Run it with credentials of the management account or a delegated administrator, or without "
                            + "--aws-org.");
        }
        active.forEach((account, name) -> {
            if (name != null) {
                names.put(account, name);
            }
        });
        if (!whole && !scope.accounts().isEmpty()) {
            return own();
        }
        return active.keySet().stream()
                .filter(account ->
                        scope.accounts().isEmpty() || scope.accounts().contains(account))
                .toList();
    }

    /**
     * What is about to be closed is charged until it is; where it can be entered no more, that is a gap. State replaces
     * Status, which AWS retires.
     */
    private static boolean mayBeCharged(Account account) {
        String state = account.stateAsString() == null ? account.statusAsString() : account.stateAsString();
        return "ACTIVE".equals(state) || "PENDING_CLOSURE".equals(state);
    }

    private void assumeRole(String account) {
        clients.assume(
                account,
                "arn:" + partition + ":iam::" + account + ":role/" + scope.role(),
                scope.externalId(),
                firstRegion);
    }

    /** Where the bill of all accounts is: the caller's own account, if it is read. */
    AwsSession payer() {
        return session(found.contains(caller) ? caller : found.get(0), homeRegion());
    }

    /** Whether there are others than the payer. */
    boolean isOfMany() {
        return found.size() > 1;
    }

    /** Whether an account is read with the caller's own credentials, not through the audit role. */
    boolean isCaller(String account) {
        return account.equals(caller);
    }

    /** Every account that could be entered, where services with one global address are requested. */
    List<AwsSession> homes() {
        return found.stream().filter(switchedOn::containsKey).map(this::home).toList();
    }

    /** An account where services with one global address are requested. */
    AwsSession home(String account) {
        return session(account, homeRegion());
    }

    /** Where services live that have one address for all regions, such as Cost Explorer. */
    private String homeRegion() {
        return homeRegion(partition);
    }

    static String homeRegion(String partition) {
        return switch (partition) {
            case "aws-cn" -> "cn-northwest-1";
            case "aws-us-gov" -> "us-gov-west-1";
            case "aws-eusc" -> "eusc-de-east-1";
            case "aws-iso" -> "us-iso-east-1";
            case "aws-iso-b" -> "us-isob-east-1";
            case "aws-iso-e" -> "eu-isoe-west-1";
            case "aws-iso-f" -> "us-isof-south-1";
            default -> Region.US_EAST_1.id();
        };
    }

    /** The regions of an account to read: those that the user named, else all that are switched on in it. */
    List<String> regions(String account) {
        if (absent.contains(account)) {
            throw new UserError(
                    "no active account of the organization has the number " + account
                            + ": it is wrong, or the account is suspended or not in this organization.",
                    "Correct aws: accounts in aiaudit.yaml; to list them: aws organizations list-accounts");
        }
        List<String> on =
                clients
                        .of(Ec2Client.class, Ec2Client::builder, account, firstRegion)
                        .describeRegions()
                        .regions()
                        .stream()
                        .map(software.amazon.awssdk.services.ec2.model.Region::regionName)
                        .sorted()
                        .toList();
        switchedOn.put(account, on);
        return scope.regions().isEmpty() ? on : scope.regions();
    }

    /** The region to try things in: the one where first calls go, if it is among these. */
    String tryFirst(List<String> regions) {
        return regions.contains(firstRegion) ? firstRegion : regions.get(0);
    }

    boolean isOn(String account, String region) {
        return switchedOn.get(account).contains(region);
    }

    /** Those of {@link #regions} that are switched on, without another request. */
    List<String> open(String account) {
        return switchedOn.get(account).stream()
                .filter(region -> scope.regions().isEmpty() || scope.regions().contains(region))
                .toList();
    }

    UserError off(String account, String region) {
        return new UserError(
                "the region " + region + " is not enabled in the account " + account
                        + ", or there is none of that name.",
                "Correct aws: regions in aiaudit.yaml; enabled regions: " + String.join(", ", switchedOn.get(account))
                        + ".");
    }

    AwsSession session(String account, String region) {
        return new AwsSession(clients, account, names.get(account), partition, region);
    }
}
