package io.sekimori.itests.traffic;

import io.sekimori.access.Access;
import io.sekimori.audit.AuditLog;
import io.sekimori.config.Configurations;
import io.sekimori.keys.Keys;
import io.sekimori.vault.Vault;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Looks services up as our own bundles do: dynamic, greedy references in volatile fields. */
@Component(service = Consumer.class, immediate = true, property = Consumer.KIND + "=ds")
public final class DsConsumer implements Consumer {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Keys keys;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Configurations configurations;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Vault vault;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Access access;

    @Override
    public @Nullable AuditLog audit() {
        return audit;
    }

    @Override
    public @Nullable Keys keys() {
        return keys;
    }

    @Override
    public @Nullable Configurations configurations() {
        return configurations;
    }

    @Override
    public @Nullable Vault vault() {
        return vault;
    }

    @Override
    public @Nullable Access access() {
        return access;
    }
}
