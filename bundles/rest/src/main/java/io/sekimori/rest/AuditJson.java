package io.sekimori.rest;

import io.sekimori.audit.AuditVerification;
import java.util.Map;

/** How a check of the audit is shown. Stateless. */
final class AuditJson {

    private AuditJson() {}

    static Map<String, Object> of(AuditVerification verification) {
        if (verification instanceof AuditVerification.Intact intact) {
            return Map.of(
                    "intact", true,
                    "firstSequence", intact.firstSequence(),
                    "lastSequence", intact.lastSequence(),
                    "lastHash", intact.lastHash(),
                    "records", intact.records(),
                    "unfinishedBytes", intact.unfinishedBytes());
        }
        AuditVerification.Broken broken = (AuditVerification.Broken) verification;
        return Map.of(
                "intact", false,
                "code", broken.code().name(),
                "file", broken.file(),
                "line", broken.line(),
                "lastGoodSequence", broken.lastGoodSequence(),
                "detail", broken.detail());
    }
}
