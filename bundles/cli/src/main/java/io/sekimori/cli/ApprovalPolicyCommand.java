package io.sekimori.cli;

import io.sekimori.trust.ApprovalPolicy;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.TufKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sekimori approval policy}: writes down who must approve, for units that the factory makes. */
@Command(name = "policy")
final class ApprovalPolicyCommand implements Callable<Integer> {

    private static final Pattern GROUP = Pattern.compile("([^=:]+)=([0-9]{1,2}):(.+)");

    private final Shell shell;

    @Mixin
    private KeyDirectory keys;

    @Option(names = "--group", paramLabel = "NAME=N:KEY,...", required = true, descriptionKey = "approval.group")
    private List<String> groups;

    @Option(names = "--days", paramLabel = "DAYS", defaultValue = "90", descriptionKey = "approval.policy.days")
    private int days;

    @Option(names = "--out", paramLabel = "FILE", required = true, descriptionKey = "approval.policy.out")
    private Path out;

    ApprovalPolicyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        List<ApprovalPolicy.Group> named = new ArrayList<>();
        try {
            for (String words : groups) {
                named.add(group(words));
            }
            ApprovalPolicy policy = new ApprovalPolicy(named, Duration.ofDays(days));
            Path file = shell.resolve(out);
            Files.write(file, policy.bytes());
            shell.tell("approval.policy.done", file);
            return ExitCode.OK.number();
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "APPROVAL_POLICY", String.valueOf(e.getMessage())).because(e);
        }
    }

    private ApprovalPolicy.Group group(String words) throws IOException, Failure {
        Matcher parts = GROUP.matcher(words);
        if (!parts.matches()) {
            throw new Failure(ExitCode.USAGE, "APPROVAL_GROUP", words);
        }
        List<TufKey> people = new ArrayList<>();
        for (String name : parts.group(3).split(",")) {
            TufKey key = keys.publicKey(shell, name);
            if (people.contains(key)) {
                throw new Failure(ExitCode.USAGE, "APPROVAL_GROUP", words);
            }
            people.add(key);
        }
        return new ApprovalPolicy.Group(
                parts.group(1), RoleKeys.of(Long.parseLong(parts.group(2)), people.toArray(TufKey[]::new)));
    }
}
