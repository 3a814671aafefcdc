/**
 * The process that verifies a generation and starts it: not a bundle of the framework but its parent. It lies on the
 * class path of a slot together with the framework.
 */
@org.jspecify.annotations.NullMarked
package io.sekimori.launcher.main;
