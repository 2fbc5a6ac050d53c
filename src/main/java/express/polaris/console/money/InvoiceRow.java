package express.polaris.console.money;

import express.polaris.documents.InvoiceView;

/**
 * Invoice in an operator's list.
 *
 * @param driverHref page of the invoice's driver
 */
public record InvoiceRow(String href, String driverHref, InvoiceView invoice) {}
