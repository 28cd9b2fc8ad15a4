package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.REGION;
import static io.aiaudit.collect.Operation.DETAILS;
import static io.aiaudit.collect.Operation.NO_SUCH_NAME;
import static io.aiaudit.collect.aws.AwsService.SAGEMAKER;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.AppDetails;
import software.amazon.awssdk.services.sagemaker.model.AppLifecycleManagement;
import software.amazon.awssdk.services.sagemaker.model.DescribeAppResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeDomainResponse;
import software.amazon.awssdk.services.sagemaker.model.DomainDetails;
import software.amazon.awssdk.services.sagemaker.model.SpaceDetails;
import software.amazon.awssdk.services.sagemaker.model.UserSettings;

/**
 * The apps of SageMaker Studio that run, and the disks of its spaces, which stay when an app goes. An app that nobody
 * works in is paid for like any notebook: it has no session after the last activity of its user, where AWS separates
 * that from its own health checks.
 */
final class StudioApps extends AwsPart {
    /** Of the form of an id: another one is refused as such, before AWS looks at the permission. */
    private static final String NO_DOMAIN = "d-" + NO_SUCH_NAME;

    static final List<AwsOperation> OPERATIONS = List.of(
            SAGEMAKER
                    .operation("ListDomains", REGION, "notebook")
                    .probe(client -> client.listDomains(request -> request.maxResults(1))),
            SAGEMAKER
                    .operation("DescribeDomain", SageMakerJobs.FOUND, DETAILS)
                    .probe(client -> client.describeDomain(request -> request.domainId(NO_DOMAIN))),
            SAGEMAKER
                    .operation("ListApps", SageMakerJobs.FOUND, DETAILS)
                    .probe(client -> client.listApps(request -> request.maxResults(1))),
            SAGEMAKER
                    .operation("DescribeApp", SageMakerJobs.FOUND, DETAILS)
                    .probe(client -> client.describeApp(request -> request.domainId(NO_DOMAIN)
                            .userProfileName(NO_SUCH_NAME)
                            .appType("JupyterLab")
                            .appName(NO_SUCH_NAME))),
            SAGEMAKER
                    .operation("ListSpaces", SageMakerJobs.FOUND, DETAILS)
                    .probe(client -> client.listSpaces(request -> request.maxResults(1))));

    private static final String SESSIONS = "sessions";

    private static final Duration HOUR = Duration.ofHours(1);

    StudioApps() {
        super("studio apps", Slice.Dataset.INVENTORY, AwsOperation.all(OPERATIONS, SageMakerFacts.OPERATIONS));
    }

    @Override
    public Map<String, Set<String>> measures() {
        return Map.of("notebook", Set.of(SESSIONS));
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        SageMakerClient sageMaker = session.sageMaker();
        Details details = session.details(sink);
        List<DomainDetails> domains = new ArrayList<>();
        boolean all = details.<DomainDetails>each(
                "domains",
                null,
                domain -> sageMaker
                        .listDomainsPaginator(request -> request.maxResults(100))
                        .domains()
                        .forEach(domain),
                domains::add);
        if (all && domains.isEmpty()) {
            return;
        }
        List<DescribeAppResponse> apps = apps(session, details);
        details.failUnlessSomethingAnswered();
        Map<String, DescribeDomainResponse> described = new HashMap<>();
        domains.forEach(domain -> details.call(
                        "settings of domains",
                        domain.domainId(),
                        () -> AwsFailure.unlessGone(
                                () -> sageMaker.describeDomain(request -> request.domainId(domain.domainId()))))
                .flatMap(response -> response)
                .ifPresent(response -> described.put(domain.domainId(), response)));
        MachineTypes types = SageMakerFacts.types(
                details, session, apps.stream().map(StudioApps::machineType).toList());
        for (DescribeAppResponse app : apps) {
            details.make(label(), app.appName(), () -> resource(session, types, app, described.get(app.domainId())))
                    .ifPresent(resource -> {
                        sink.resource(resource);
                        withoutSession(app, window, sink);
                    });
        }
        details.make(
                "spaces",
                spaces(sageMaker, details),
                SpaceDetails::spaceName,
                space -> disk(session, space, apps),
                sink::resource);
    }

    /**
     * Those that are paid for: the list keeps others for a day after they ended, and the app of the old console
     * costs nothing.
     */
    private static List<DescribeAppResponse> apps(AwsSession session, Details details) {
        return details
                .<AppDetails>list(
                        "apps",
                        app -> session.sageMaker()
                                .listAppsPaginator(request -> request.maxResults(100))
                                .apps()
                                .forEach(app))
                .stream()
                .filter(app -> "InService".equals(app.statusAsString()))
                .map(app -> details.call(
                                "activity in apps",
                                owner(app) + "/" + app.appName(),
                                () -> describe(session.sageMaker(), app))
                        .orElseGet(() -> listed(session, app)))
                .filter(app -> !"system".equals(machineType(app)))
                .toList();
    }

    private static String owner(AppDetails app) {
        return app.spaceName() == null ? app.userProfileName() : app.spaceName();
    }

    private static DescribeAppResponse describe(SageMakerClient sageMaker, AppDetails app) {
        return sageMaker.describeApp(request -> request.domainId(app.domainId())
                .userProfileName(app.userProfileName())
                .spaceName(app.spaceName())
                .appType(app.appTypeAsString())
                .appName(app.appName()));
    }

    /** An app of which only the list entry can be read, which has no activity of its user. */
    private static DescribeAppResponse listed(AwsSession session, AppDetails app) {
        String owner = owner(app);
        String type = String.valueOf(app.appTypeAsString()).toLowerCase(Locale.ROOT);
        return DescribeAppResponse.builder()
                .appArn(
                        owner == null || app.appName() == null
                                ? null
                                : arn(
                                        session,
                                        "app/" + app.domainId() + "/" + owner + "/" + type + "/" + app.appName()))
                .domainId(app.domainId())
                .userProfileName(app.userProfileName())
                .spaceName(app.spaceName())
                .appType(app.appTypeAsString())
                .appName(app.appName())
                .status(app.statusAsString())
                .creationTime(app.creationTime())
                .resourceSpec(app.resourceSpec())
                .build();
    }

    private static List<SpaceDetails> spaces(SageMakerClient sageMaker, Details details) {
        return details
                .<SpaceDetails>list(
                        "spaces",
                        space -> sageMaker
                                .listSpacesPaginator(request -> request.maxResults(100))
                                .spaces()
                                .forEach(space))
                .stream()
                .filter(space -> gib(space) != null)
                .toList();
    }

    private static String machineType(DescribeAppResponse app) {
        return app.resourceSpec() == null ? null : app.resourceSpec().instanceTypeAsString();
    }

    private static Resource resource(
            AwsSession session, MachineTypes types, DescribeAppResponse app, DescribeDomainResponse domain) {
        String owner = app.spaceName() == null ? app.userProfileName() : app.spaceName();
        ResourceBuilder resource = session.resource(app.appArn(), "notebook")
                .name(owner + "/" + app.appName())
                .machineType(machineType(app))
                .replicas(1)
                .createdAt(app.creationTime())
                .state(app.statusAsString())
                .purchase("on_demand")
                .parentId(arn(session, "domain/" + app.domainId()))
                .attributes(new Attributes()
                        .put("app_type", app.appTypeAsString())
                        .put("domain", app.domainId())
                        .put("space", app.spaceName())
                        .put("user_profile", app.userProfileName())
                        .put("last_activity_at", lastActivity(app))
                        .put("idle_shutdown", idleShutdown(app, domain))
                        .values());
        types.describe(resource, machineType(app));
        return resource.build();
    }

    /** Null where it is not known: a health check without activity moves both times, which are alike then. */
    private static Instant lastActivity(DescribeAppResponse app) {
        Instant activity = app.lastUserActivityTimestamp();
        return activity == null || activity.equals(app.lastHealthCheckTimestamp()) ? null : activity;
    }

    /**
     * After how many idle minutes the domain's settings end such an app; {@code off} where they do not, null where they
     * cannot.
     */
    private static String idleShutdown(DescribeAppResponse app, DescribeDomainResponse domain) {
        UserSettings settings = domain == null ? null : domain.defaultUserSettings();
        if (settings == null) {
            return null;
        }
        AppLifecycleManagement lifecycle = switch (String.valueOf(app.appTypeAsString())) {
            case "JupyterLab" ->
                settings.jupyterLabAppSettings() == null
                        ? null
                        : settings.jupyterLabAppSettings().appLifecycleManagement();
            case "CodeEditor" ->
                settings.codeEditorAppSettings() == null
                        ? null
                        : settings.codeEditorAppSettings().appLifecycleManagement();
            default -> null;
        };
        boolean on = lifecycle != null
                && lifecycle.idleSettings() != null
                && "ENABLED".equals(lifecycle.idleSettings().lifecycleManagementAsString());
        return on ? lifecycle.idleSettings().idleTimeoutInMinutes() + " minutes" : "off";
    }

    /** The whole hours since the last activity. What was before is not known. */
    private static void withoutSession(DescribeAppResponse app, Window window, Sink sink) {
        Instant last = lastActivity(app);
        if (last == null) {
            return;
        }
        Instant from = last.truncatedTo(ChronoUnit.HOURS).plus(HOUR);
        Instant hour = from.isBefore(window.start()) ? window.start() : from;
        Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        Instant end = now.isBefore(window.end()) ? now : window.end();
        for (; hour.isBefore(end); hour = hour.plus(HOUR)) {
            sink.metric(new MetricHour(app.appArn(), SESSIONS, hour, 0.0, 0.0, null, null));
        }
    }

    private static Integer gib(SpaceDetails space) {
        boolean known = space.spaceSettingsSummary() != null
                && space.spaceSettingsSummary().spaceStorageSettings() != null
                && space.spaceSettingsSummary().spaceStorageSettings().ebsStorageSettings() != null;
        return known
                ? space.spaceSettingsSummary()
                        .spaceStorageSettings()
                        .ebsStorageSettings()
                        .ebsVolumeSizeInGb()
                : null;
    }

    /**
     * Attached while an app of the space runs. Without one it is a user's home folder, which does not show whether it
     * is needed.
     */
    private static Resource disk(AwsSession session, SpaceDetails space, List<DescribeAppResponse> apps) {
        String app = apps.stream()
                .filter(one -> space.spaceName() != null
                        && space.spaceName().equals(one.spaceName())
                        && Objects.equals(space.domainId(), one.domainId()))
                .map(DescribeAppResponse::appArn)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        String name = Objects.requireNonNull(space.domainId(), "domainId") + "/"
                + Objects.requireNonNull(space.spaceName(), "spaceName");
        return session.resource(arn(session, "space/" + name), "volume")
                .name(space.spaceName())
                .createdAt(space.creationTime())
                .state(space.statusAsString())
                .attributes(new Attributes()
                        .put("service", "studio space")
                        .put("domain", space.domainId())
                        .put("size_gib", gib(space))
                        .put("attached_to", app)
                        .put(
                                "owner",
                                space.ownershipSettingsSummary() == null
                                        ? null
                                        : space.ownershipSettingsSummary().ownerUserProfileName())
                        .values())
                .build();
    }

    private static String arn(AwsSession session, String what) {
        return "arn:" + session.partition() + ":sagemaker:" + session.region() + ":" + session.account() + ":" + what;
    }
}
