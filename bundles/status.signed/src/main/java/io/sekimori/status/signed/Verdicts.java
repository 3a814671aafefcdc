package io.sekimori.status.signed;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.Inspection;
import io.sekimori.status.BundleStatus;
import io.sekimori.status.BundleStatus.Verdict;
import io.sekimori.status.StatusCode;
import io.sekimori.trust.Refusal;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Judges each bundle from what was found on the disk. Confined to one look. */
final class Verdicts {

    /** A bundle as the framework has it; {@code sha256} is empty if the launcher's gate never let it in. */
    record Installed(String name, String version, String sha256, String state) {}

    private static final String DIFFERS = "FILE_DIFFERS";
    private static final int MOST = 500;

    private final Inspection.Found found;
    private final Optional<String> device;
    private final BiConsumer<String, String> finding;

    /** @param device SHA-256 of this unit's device key; empty if it is not known just now */
    Verdicts(Inspection.Found found, Optional<String> device, BiConsumer<String, String> finding) {
        this.found = found;
        this.device = device;
        this.finding = finding;
    }

    /**
     * The bundles, and by the way what is wrong with them, with the evidence and with the launcher's files.
     *
     * @param file where the file of a digest lies
     */
    List<BundleStatus> of(List<Installed> installed, Function<String, Path> file) {
        found.evidence().ifPresent(refusal -> finding.accept(refusal.code().name(), refusal.detail()));
        found.device()
                .filter(assigned -> device.isPresent() && !device.get().equals(assigned))
                .ifPresent(assigned ->
                        finding.accept(StatusCode.DEVICE_DIFFERS.name(), "assigned to the device key " + assigned));
        found.slot().forEach(refusal -> finding.accept(refusal.code().name(), refusal.detail()));
        Map<String, GenerationBundle> expected = found.generation().map(Generation::bundles).orElse(List.of()).stream()
                .collect(Collectors.toMap(GenerationBundle::sha256, bundle -> bundle, (one, other) -> one));
        List<BundleStatus> bundles = new ArrayList<>();
        for (Installed one : installed) {
            String code = code(one, expected, file);
            if (!code.isEmpty() && found.evidence().isEmpty()) {
                finding.accept(code, one.name() + "/" + one.version());
            }
            bundles.add(status(one, code));
            expected.remove(one.sha256());
        }
        for (GenerationBundle absent : expected.values()) {
            finding.accept(StatusCode.BUNDLE_ABSENT.name(), absent.name());
            bundles.add(status(
                    new Installed(absent.symbolicName(), absent.version(), absent.sha256(), "ABSENT"),
                    StatusCode.BUNDLE_ABSENT.name()));
        }
        return bundles.stream()
                .sorted(Comparator.comparing(BundleStatus::name).thenComparing(BundleStatus::version))
                .limit(MOST)
                .toList();
    }

    private String code(Installed one, Map<String, GenerationBundle> expected, Function<String, Path> file) {
        if (one.sha256().isEmpty()) {
            return StatusCode.UNADMITTED.name();
        }
        if (found.evidence().isPresent()) {
            return found.evidence().get().code().name();
        }
        if (expected.containsKey(one.sha256())) {
            Refusal refusal = found.bundles().get(one.sha256());
            return refusal == null ? "" : refusal.code().name();
        }
        // Of the generation before or behind, while a transition is under way: the gate verified its evidence.
        try {
            return Objects.equals(Sha256.hex(file.apply(one.sha256())), one.sha256()) ? "" : DIFFERS;
        } catch (IOException e) {
            return DIFFERS;
        }
    }

    private static BundleStatus status(Installed one, String code) {
        return new BundleStatus(
                one.name(),
                one.version(),
                one.sha256(),
                code.isEmpty() ? Verdict.VOUCHED : Verdict.REFUSED,
                code,
                one.state());
    }
}
