/** Certificates, clients and broker processes for tests. */
package io.sekimori.broker.testkit;
