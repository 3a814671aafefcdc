package io.sekimori.local;

import java.util.Set;

/**
 * Something that is amiss.
 *
 * @param code stable; its area has advice for it
 * @param detail which one, safe to show
 * @param since when it was first seen, ISO; empty if that is not known
 */
record Reason(String code, String detail, String since) {

    /** Nobody vouches for what runs, or nobody knows what does. */
    private static final Set<String> SOFTWARE = Set.of(
            "UNADMITTED", "BUNDLE_ABSENT", "STATE_UNREADABLE", "FILE_DIFFERS", "FILE_MISSING", "FILE_UNREADABLE");

    /** What will need attention, and does no harm today. */
    private static final Set<String> LATER = Set.of(
            LocalCode.HEALTH_WARNS.name(),
            LocalCode.GATEWAY_NOT_ENROLLED.name(),
            LocalCode.UPDATE_ON_MEDIUM.name(),
            "CERTIFICATE_ENDS_SOON",
            "METADATA_EXPIRED",
            "SUPPORT_ENDS_SOON",
            "SUPPORT_ENDED",
            "PORT_FOREIGN",
            "SOURCE_FAILED");

    /** How much harm it does: the least number first. What is not known counts as harm of today. */
    int rank() {
        if (SOFTWARE.contains(code)) {
            return 0;
        }
        if (LATER.contains(code)) {
            return 3;
        }
        return code.equals(LocalCode.CONSOLE_NOT_REACHED.name()) ? 2 : 1;
    }

    boolean red() {
        return rank() < 3;
    }
}
