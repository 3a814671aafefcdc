package io.sekimori.cli.console;

import io.sekimori.cli.ApprovalText;
import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import io.sekimori.trust.ApprovalRequest;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What people have to approve before a rollout goes on: it is fetched, signed elsewhere, and handed in. */
public final class RolloutApprovals {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private RolloutApprovals() {}

    /** {@code sekimori rollout approvals}. */
    @Command(name = "approvals")
    public static final class Wanted implements Callable<Integer> {

        private final Shell shell;

        @Parameters(paramLabel = "ID", descriptionKey = "rollout.id")
        private String id;

        @Option(names = "--out", paramLabel = "FILE", descriptionKey = "approval.request.out")
        private Path out;

        /** The command in this shell. */
        public Wanted(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() throws IOException, Failure, MalformedJson {
            JsonObject answer = ConsoleClient.signedIn(shell)
                    .get("/v1/rollouts/" + id + "/approvals")
                    .json();
            // Read as whoever signs reads it, who believes no console.
            ApprovalRequest request = ApprovalRequest.parse(JsonText.bytes(answer.asMap()));
            ApprovalText text = new ApprovalText(shell);
            List<JsonObject> contents = answer.objects("contents");
            for (int i = 0; i < contents.size(); i++) {
                text.tell(request.entries().get(i));
                // A console of before does not compare.
                if (contents.get(i).has("unsignedDifference")) {
                    new DifferenceText(shell).tell(contents.get(i).object("unsignedDifference"));
                }
                // A console of before counts nobody.
                if (contents.get(i).has("awaiting")) {
                    for (JsonObject awaiting : contents.get(i).objects("awaiting")) {
                        awaiting(awaiting);
                    }
                }
                for (JsonObject given : contents.get(i).objects("approvals")) {
                    given(given);
                }
            }
            long shown = request.entries().stream()
                    .mapToLong(ApprovalRequest.Entry::gateways)
                    .sum();
            if (answer.optionalNumber("waiting").orElse(0L) > shown) {
                shell.tell("approval.waiting", answer.number("waiting"), shown);
            }
            if (contents.isEmpty()) {
                shell.tell("approval.none");
            } else if (out != null) {
                Files.write(shell.resolve(out), request.bytes());
                shell.tell("approval.requested", shell.resolve(out));
            }
            return ExitCode.OK.number();
        }

        private void given(JsonObject given) throws MalformedJson {
            StringJoiner keys = new StringJoiner(", ");
            for (String key : given.strings("keyIds")) {
                keys.add(Plain.of(key));
            }
            shell.tell("approval.given", keys.toString(), Plain.of(given.string("expires")));
            // A console of before tells of none.
            if (given.has("withdrawn")) {
                for (String key : given.strings("withdrawn")) {
                    shell.tell("approval.given.back", Plain.of(key));
                }
            }
        }

        /** Who is still missing, for gateways that stand alike. */
        private void awaiting(JsonObject awaiting) throws MalformedJson {
            int gateways = awaiting.strings("gateways").size();
            switch (awaiting.string("state")) {
                case "GROUPS" -> {
                    for (JsonObject group : awaiting.objects("groups")) {
                        shell.tell(
                                "approval.awaiting",
                                Plain.of(group.string("name")),
                                group.number("has"),
                                group.number("needs"),
                                gateways);
                    }
                }
                case "NONE" -> shell.tell("approval.awaiting.none", gateways);
                case "UNREADABLE" -> shell.tell("approval.awaiting.unreadable", gateways);
                default -> shell.tell("approval.awaiting.unknown", gateways);
            }
        }
    }

    /** {@code sekimori rollout approve}. */
    @Command(name = "approve")
    public static final class Offer implements Callable<Integer> {

        private final Shell shell;

        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "rollout.id")
        private String id;

        @Parameters(index = "1..*", paramLabel = "FILE", arity = "1..*", descriptionKey = "approval.files")
        private List<Path> files;

        /** The command in this shell. */
        public Offer(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() throws IOException, Failure, MalformedJson {
            byte[] joined = ApprovalText.joined(shell, files).bytes();
            boolean changed = ConsoleClient.signedIn(shell)
                    .post(
                            "/v1/rollouts/" + id + "/approvals",
                            "application/octet-stream",
                            BodyPublishers.ofByteArray(joined),
                            PATIENCE)
                    .json()
                    .bool("changed");
            shell.tell(changed ? "approval.offered" : "approval.known");
            return ExitCode.OK.number();
        }
    }
}
