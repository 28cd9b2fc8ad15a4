package io.aiaudit.collect.gcp;

import static io.aiaudit.collect.Operation.BILL;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.billing.v1.BillingAccount;
import com.google.cloud.billing.v1.CloudBillingClient;
import com.google.cloud.billing.v1.ProjectBillingInfo;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Frequency.Sort;
import io.aiaudit.model.UserError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who pays for the projects, where no export shows costs: billing accounts, and which of their projects are read. */
final class BillingAccounts {
    private static final Frequency FOUND =
            new Frequency(Sort.BILL, "2 or more for billing accounts and their projects, where there is no export");

    /** Called by Google's library. */
    static final List<GoogleOperation> OPERATIONS = List.of(
            GoogleOperation.get("cloudbilling", "/v1/billingAccounts", "billing.accounts.list", FOUND, BILL),
            GoogleOperation.get(
                            "cloudbilling",
                            "/v1/billingAccounts/{account}/projects",
                            "billing.resourceAssociations.list",
                            FOUND,
                            BILL)
                    .untried());

    /** At most so many projects are requested one by one when their billing account cannot be listed. */
    private static final int MOST_PROJECTS = 50;

    private final GcpClients clients;

    BillingAccounts(GcpClients clients) {
        this.clients = clients;
    }

    /** Sentences for the report. What cannot be read is mentioned, and is no gap: it changes no figure. */
    List<String> sentences(List<String> projects) {
        List<String> sentences = new ArrayList<>();
        try (CloudBillingClient client = clients.billing().accounts()) {
            Set<String> open = new LinkedHashSet<>(projects);
            for (BillingAccount account :
                    GooglePages.all(client.listBillingAccounts().getPage())) {
                if (!account.getName().isEmpty()) { // what is in it is requested by its name
                    sentences.add(account(client, account, open));
                }
            }
            byProject(client, open)
                    .forEach((account, of) -> sentences.add(account + " " + String.join(", ", of) + "."));
        } catch (ApiException | UserError e) {
            UserError error = clients.explain(e).orElseThrow(() -> e);
            sentences.add("Who pays for the projects could not be read: " + error.problem());
        }
        return sentences;
    }

    private static String account(CloudBillingClient client, BillingAccount account, Set<String> open) {
        int all = 0;
        int read = 0;
        for (ProjectBillingInfo project :
                GooglePages.all(client.listProjectBillingInfo(account.getName()).getPage())) {
            all++;
            read += open.remove(project.getProjectId()) ? 1 : 0;
        }
        String currency = account.getCurrencyCode().isEmpty() ? "" : ", in " + account.getCurrencyCode();
        return "Billing account " + GcpSession.last(account.getName()) + " (" + account.getDisplayName() + currency
                + (account.getOpen() ? "" : ", closed") + ") pays for " + all + (all == 1 ? " project" : " projects")
                + ", of which " + read + (read == 1 ? " is" : " are") + " read.";
    }

    private static Map<String, List<String>> byProject(CloudBillingClient client, Set<String> projects) {
        Map<String, List<String>> byAccount = new TreeMap<>();
        projects.stream().limit(MOST_PROJECTS).forEach(project -> {
            ProjectBillingInfo info = client.getProjectBillingInfo("projects/" + project);
            String account = info.getBillingEnabled()
                    ? "Billing account " + GcpSession.last(info.getBillingAccountName())
                            + ", which may not be listed, pays for"
                    : "No billing account pays for";
            byAccount.computeIfAbsent(account, any -> new ArrayList<>()).add(project);
        });
        return byAccount;
    }
}
