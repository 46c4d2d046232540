"""个人信息权利请求: what the office holds on somebody, corrected, explained, answered (PIPL 44–50)."""
