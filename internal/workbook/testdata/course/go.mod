module example.com/authbook

go 1.26
