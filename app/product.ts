/** The name people know the product by. */
export const productName = "政府信息公开工作年度报告编制系统";
