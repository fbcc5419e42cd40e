"""Reports about money: each module asks its questions and gives them one shape; files and pages are drawn from that."""
